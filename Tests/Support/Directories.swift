package import SystemPackage

/// Where the project's files lie.
package enum Project {
    /// The checkout.
    package static let root: FilePath = FilePath(#filePath)
        .removingLastComponent().removingLastComponent().removingLastComponent()

    /// The captures that are kept with their expected output.
    package static let captures = root.appending("captures")
}
