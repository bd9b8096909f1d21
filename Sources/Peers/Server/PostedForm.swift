internal import Bytes
internal import Content

/// The files that a posted form brings (RFC 7578, URL Standard §5).
///
/// The fields `Filename` and `Content` make the text file of that name, as the report's data does;
/// a file of a multipart form keeps the name that it has there.
struct PostedForm {
    /// One file.
    struct File: Sendable, Hashable {
        let name: FileName
        let content: [UInt8]
    }

    private(set) var files: [File] = []
    private var name: [UInt8]?
    private var text: [UInt8]?

    /// Reads the content of `request`; `nil` where its type is not that of a form.
    ///
    /// - Throws: ``InvalidFileName``.
    init?(_ request: FileRequest) throws(InvalidFileName) {
        guard let value = request.fields?.contentType else { return nil }
        let type = MediaType(value.span)
        switch type.essence {
        case "application/x-www-form-urlencoded": readItems(of: request.data)
        case "multipart/form-data":
            guard let boundary = type.boundary else { return nil }
            try readParts(of: request.data, between: boundary)
        default: return nil
        }
        if let name, let text {
            files.append(File(name: try FileName(textFile: name), content: text + [.lineFeed]))
        }
    }

    private mutating func readItems(of content: [UInt8]) {
        var items = FormItems()
        while let item = items.next(in: content.span) {
            let value = content.span.extracting(item.value ?? 0..<0)
            take(
                FormItems.decode(content.span.extracting(item.name)).bytes,
                FormItems.decode(value).bytes
            )
        }
    }

    private mutating func readParts(
        of content: [UInt8],
        between boundary: [UInt8]
    ) throws(InvalidFileName) {
        var parts = MultipartParts(boundary: boundary)
        while let part = parts.next(in: content.span) {
            guard part.isDelimited,
                let value = part.value(of: "content-disposition", in: content.span)
            else { continue }
            let disposition = Disposition(content[value])
            let body = Array(content[part.content])
            if let name = disposition.fileName {
                // A browser sends a field for a file that nobody chose.
                if name.isEmpty, body.isEmpty { continue }
                files.append(File(name: try FileName(file: name), content: body))
            } else {
                take(disposition.name ?? [], body)
            }
        }
    }

    private mutating func take(_ field: [UInt8], _ value: [UInt8]) {
        if field.span.equalsIgnoringCase("filename") { name = value }
        if field.span.equalsIgnoringCase("content") { text = value }
    }
}

/// The parameters of a part's `Content-Disposition` field (RFC 7578 §4.2).
private struct Disposition {
    private(set) var name: [UInt8]?
    private(set) var fileName: [UInt8]?

    init(_ value: ArraySlice<UInt8>) {
        var rest = value.drop { $0 != UInt8(ascii: ";") }
        while rest.popFirst() != nil {
            let label = Array(rest.prefix { $0 != UInt8(ascii: "=") }.filter { !$0.isBlank })
            rest = rest.drop { $0 != UInt8(ascii: "=") }.dropFirst()
            let content = Self.takeValue(&rest)
            if label.span.equalsIgnoringCase("name") { name = content }
            if label.span.equalsIgnoringCase("filename") { fileName = content }
            rest = rest.drop { $0 != UInt8(ascii: ";") }
        }
    }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        guard rest.first == UInt8(ascii: "\"") else {
            let word = rest.prefix { $0 != UInt8(ascii: ";") && !$0.isBlank }
            rest = rest[word.endIndex...]
            return Array(word)
        }
        rest = rest.dropFirst()
        var content: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            let isEscape = byte == UInt8(ascii: "\\") && rest.first == UInt8(ascii: "\"")
            content.append(isEscape ? rest.removeFirst() : byte)
        }
        return content
    }
}
