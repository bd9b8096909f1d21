/// The media types that the system's table knows, by endings of names.
struct SystemMediaTypes: Sendable {
    private var types: [String: String] = [:]

    /// The most bytes that are read of a table.
    private static let longest = 1 << 20

    /// Those of the usual file; none where there is no such file.
    static let shared = SystemMediaTypes(
        table: (try? Directory(path: "/etc").open("mime.types").read(limit: longest)) ?? []
    )

    /// Reads a table: a line has a type, and the endings of its files; what follows a `#` is no part
    /// of it (mime.types(5)).
    init(table: [UInt8]) {
        for line in String(decoding: table, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard let type = words.first, type.contains("/"), type.utf8.allSatisfy(Self.isOfType)
            else { continue }
            for ending in words.dropFirst() where types[ending.lowercased()] == nil {
                types[ending.lowercased()] = String(type)
            }
        }
    }

    /// The type of files whose names end so, in small letters; `nil` where it is not known.
    func type(ofEnding ending: String) -> String? { types[ending] }

    /// Whether a byte may stand in a type, which becomes a field value.
    private static func isOfType(_ byte: UInt8) -> Bool { 0x21...0x7E ~= byte }
}
