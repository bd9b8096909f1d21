#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import SystemPackage

/// Why this process's rights were not given up.
package enum PrivilegeFailure: Error, Sendable, Hashable {
    /// The system knows no user of this name.
    case unknownUser(String)
    /// Another user than this process's is asked for, and it is not root's.
    case onlyForRoot(String)
    /// The system does not let this process become the user; the number is the error's (errno).
    case cannotBecome(String, Int32)
    /// The system refuses to take the rights; the number is the error's (errno).
    case cannotGiveUp(Int32)
    /// Everything succeeded, and there are rights all the same.
    case rightsRemain
}

extension PrivilegeFailure: CustomStringConvertible {
    /// One sentence: what is wrong, and what to do.
    package var description: String {
        switch self {
        case .unknownUser(let name):
            "there is no user \(name.debugDescription): --user takes a name or number that the "
                + "system knows"
        case .onlyForRoot(let name):
            "this user may not become \(name.debugDescription): --user is for root"
        case .cannotBecome(let name, let code):
            "the capture cannot go on as the user \(name.debugDescription): "
                + "\(Errno(rawValue: code)); --user names another, and --user root stays root without its capabilities"
        case .cannotGiveUp(let code):
            "the rights that the capture needs no more cannot be given up: "
                + "\(Errno(rawValue: code))"
        case .rightsRemain:
            "the rights that the capture needs no more were given up, and remain"
        }
    }
}
