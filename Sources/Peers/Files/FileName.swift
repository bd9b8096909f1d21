/// The name of a file directly below the server's root, checked: it cannot lead anywhere else.
package struct FileName: Sendable, Hashable {
    /// The name with its extension, such as `new_file.txt`.
    package let text: String

    /// The one file that the report's server reads and changes.
    package static let index = FileName(text: "index.txt")

    /// The most bytes of a name that file systems take.
    private static let longest = 255

    private init(text: String) {
        self.text = text
    }

    /// The text file called `name`: `.txt` is appended.
    ///
    /// - Throws: ``InvalidFileName`` where the name is empty, too long, not UTF-8, begins with a
    ///   full stop, or holds a slash, a backslash or a control character.
    package init(textFile name: [UInt8]) throws(InvalidFileName) {
        guard !name.isEmpty else { throw .empty }
        guard name.count + 4 <= Self.longest else { throw .tooLong }
        // A leading full stop would name the directory itself, its parent or a hidden file, among
        // them the temporary ones of the store.
        guard name.first != 0x2E else { throw .beginsWithFullStop }
        guard let text = String(validating: name, as: UTF8.self) else { throw .notUTF8 }
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: throw .forbiddenCharacter
            default: break
            }
            if scalar == "/" || scalar == "\\" { throw .forbiddenCharacter }
        }
        self.text = text + ".txt"
    }
}

/// Why a name is not taken as a file name.
package enum InvalidFileName: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    case tooLong
    case beginsWithFullStop
    case notUTF8
    case forbiddenCharacter

    package var description: String {
        switch self {
        case .empty: "the file name is empty"
        case .tooLong: "the file name is longer than 251 bytes"
        case .beginsWithFullStop: "the file name begins with a full stop"
        case .notUTF8: "the file name is not UTF-8"
        case .forbiddenCharacter: "the file name holds a slash or a control character"
        }
    }
}
