internal import Bytes

/// The name of a file below the server's root, checked: it cannot lead anywhere else.
package struct FileName: Sendable, Hashable {
    /// The name with its extension, such as `new_file.txt` or `notes/today.txt`.
    package let text: String

    /// The one file that the report's server reads and changes.
    package static let index = FileName(text: "index.txt")

    /// The most bytes that file systems take of one name, and systems of a path.
    private static let longest = (component: 255, path: 4095)

    private init(text: String) {
        self.text = text
    }

    /// The text file called `name`: `.txt` is appended.
    ///
    /// - Throws: ``InvalidFileName`` where the name is empty, too long, not UTF-8, begins with a
    ///   full stop, or holds a slash, a backslash, a control character or an encoded byte.
    package init(textFile name: [UInt8]) throws(InvalidFileName) {
        guard name.count + 4 <= Self.longest.component else {
            throw .tooLong
        }
        text = try Self.component(name[...]) + ".txt"
    }

    /// The file called `name`, as a form names the file that comes with it; the same rules hold.
    package init(file name: [UInt8]) throws(InvalidFileName) {
        text = try Self.component(name[...])
    }

    /// The file called `name` in a folder; the same rules hold.
    init(file name: [UInt8], in folder: FolderName) throws(InvalidFileName) {
        let name = try Self.component(name[...])
        text = folder.text.isEmpty ? name : "\(folder.text)/\(name)"
    }

    /// The file that the path of a target names, such as `/notes/today%20.txt` (RFC 3986 §3.3).
    ///
    /// Each segment must be a name: nothing is taken away or resolved, so that no spelling of
    /// `..` means anything. A query is not part of the name.
    ///
    /// - Throws: ``InvalidFileName``, also where there is no path.
    package init(path: ArraySlice<UInt8>) throws(InvalidFileName) {
        let path = path.prefix { $0 != UInt8(ascii: "?") }
        guard path.first == UInt8(ascii: "/") else { throw .notAPath }
        guard path.count <= Self.longest.path else { throw .tooLong }
        guard path.last != UInt8(ascii: "/") || path.starts(with: "//".utf8) else {
            throw .directory
        }
        var names: [String] = []
        for segment in path.dropFirst().split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        ) {
            names.append(try Self.component(Self.decoded(segment)[...]))
        }
        text = names.joined(separator: "/")
    }

    /// The directories on the way to the file, from the root on, and the file's own name.
    var steps: (directories: [Substring], file: String) {
        guard text.utf8.contains(UInt8(ascii: "/")) else { return ([], text) }
        let names = text.split(separator: "/")
        return (Array(names.dropLast()), names.last.map(String.init) ?? text)
    }

    /// The bytes of a segment, `%XX` decoded once.
    private static func decoded(_ segment: ArraySlice<UInt8>) throws(InvalidFileName) -> [UInt8] {
        guard segment.contains(UInt8(ascii: "%")) else { return Array(segment) }
        var bytes: [UInt8] = []
        var rest = segment
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalValue,
                let low = rest.popFirst()?.hexadecimalValue
            else { throw .invalidEncoding }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func component(_ name: ArraySlice<UInt8>) throws(InvalidFileName) -> String {
        guard !name.isEmpty else { throw .empty }
        guard name.count <= longest.component else { throw .tooLong }
        // A leading full stop would name the directory itself, its parent or a hidden file, among
        // them the temporary ones of the store.
        guard name.first != 0x2E else { throw .beginsWithFullStop }
        // What is still encoded means something else to the next who decodes it.
        guard !holdsEncodedByte(name) else { throw .encodedTwice }
        guard let text = String(validating: name, as: UTF8.self) else { throw .notUTF8 }
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: throw .forbiddenCharacter
            default: break
            }
            if scalar == "/" || scalar == "\\" { throw .forbiddenCharacter }
        }
        return text
    }

    private static func holdsEncodedByte(_ name: ArraySlice<UInt8>) -> Bool {
        name.indices.dropLast(2).contains { index in
            name[index] == UInt8(ascii: "%") && name[index + 1].hexadecimalValue != nil
                && name[index + 2].hexadecimalValue != nil
        }
    }
}

/// Why a name is not taken as a file name.
package enum InvalidFileName: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    case tooLong
    case beginsWithFullStop
    case notUTF8
    case forbiddenCharacter
    case invalidEncoding
    case encodedTwice
    case notAPath
    case directory

    package var description: String {
        switch self {
        case .empty: "the file name is empty"
        case .tooLong: "the file name is longer than a file system takes"
        case .beginsWithFullStop: "the file name begins with a full stop"
        case .notUTF8: "the file name is not UTF-8"
        case .forbiddenCharacter: "the file name holds a slash or a control character"
        case .invalidEncoding:
            "the path holds a percent sign that no two hexadecimal digits follow"
        case .encodedTwice: "the file name holds a percent-encoded byte, decoded once already"
        case .directory: "the path ends in a slash, and is that of a folder"
        case .notAPath: "the target is no path that begins with a slash"
        }
    }
}
