internal import Bytes

/// What a document says of its own charset, for messages that say nothing.
enum DocumentCharset {
    /// So many bytes browsers look at (HTML §13.2.3.2).
    private static let lookedAt = 1024

    /// The charset that `document` names at its beginning; `nil` where it names none.
    ///
    /// Its codings are removed; `essence` is its media type in lower case, `nil` where nobody said
    /// it.
    static func charset(of document: Span<UInt8>, essence: String?) -> Charset? {
        let beginning = document.extracting(first: min(document.count, lookedAt))
        let label: Range<Int>?
        switch essence {
        case "text/html", "application/xhtml+xml", nil:
            guard beginning.firstVisible == UInt8(ascii: "<") else { return nil }
            label = declaredInXML(beginning) ?? MetaElements(beginning).label
        case "text/css": label = declaredInStyleSheet(beginning)
        case let essence?:
            guard essence.hasSuffix("/xml") || essence.hasSuffix("+xml") else { return nil }
            label = declaredInXML(beginning)
        }
        guard let label, !label.isEmpty else { return nil }
        switch Charset(label: beginning.extracting(label)) {
        // That it could be read so far shows that it is not.
        case .utf16, .utf16BigEndian, .utf16LittleEndian: return .utf8
        case let charset: return charset
        }
    }

    /// `<?xml version="1.0" encoding="…"?>` (XML §4.3.3).
    private static func declaredInXML(_ document: Span<UInt8>) -> Range<Int>? {
        guard document.starts(with: "<?xml"),
            let end = document.firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let declaration = document.extracting(0..<end)
        guard var index = declaration.end(of: "encoding", from: 5) else { return nil }
        index = declaration.skippingWhiteSpace(from: index)
        guard index < end, declaration[index] == UInt8(ascii: "=") else { return nil }
        index = declaration.skippingWhiteSpace(from: index + 1)
        guard index < end, declaration[index].isQuotationMark else { return nil }
        return declaration.firstIndex(of: declaration[index], from: index + 1)
            .map { index + 1..<$0 }
    }

    /// `@charset "…";` (CSS Syntax §3.2).
    private static func declaredInStyleSheet(_ document: Span<UInt8>) -> Range<Int>? {
        let start: StaticString = "@charset \""
        guard document.starts(with: start) else { return nil }
        return document.firstIndex(of: UInt8(ascii: "\""), from: start.utf8CodeUnitCount)
            .map { start.utf8CodeUnitCount..<$0 }
    }
}

/// The `meta` elements at the beginning of a page, as browsers look for them before they know how to
/// read it (HTML §13.2.3.2).
private struct MetaElements: ~Copyable {
    /// The first charset that one of them names.
    private(set) var label: Range<Int>?

    init(_ page: Span<UInt8>) {
        var index = 0
        while label == nil, let start = page.firstIndex(of: UInt8(ascii: "<"), from: index) {
            index = start + 1
            if page.starts(with: "!--", at: index) {
                guard let end = page.end(of: "-->", from: index + 1) else { return }
                index = end
            } else if page.startsIgnoringCase(with: "meta", at: index), index + 4 < page.count,
                page[index + 4].isWhiteSpace || page[index + 4] == UInt8(ascii: "/")
            {
                index += 4
                label = Self.label(in: page, &index)
            } else if index < page.count, page[index].isLetter {
                while index < page.count, !page[index].isWhiteSpace,
                    page[index] != UInt8(ascii: ">")
                {
                    index += 1
                }
                while Self.attribute(in: page, &index) != nil {}
            }
        }
    }

    /// What the attributes from `index` on say: `charset`, or `content` beside `http-equiv`.
    private static func label(in page: Span<UInt8>, _ index: inout Int) -> Range<Int>? {
        var isAboutType = false
        var inContent: Range<Int>?
        while let (name, value) = attribute(in: page, &index) {
            let (name, text) = (page.extracting(name), page.extracting(value))
            if name.equalsIgnoringCase("charset") { return value }
            if name.equalsIgnoringCase("http-equiv") {
                isAboutType = text.equalsIgnoringCase("content-type")
            } else if name.equalsIgnoringCase("content"), inContent == nil {
                inContent = text.labelInMediaType.map {
                    value.lowerBound + $0.lowerBound..<value.lowerBound + $0.upperBound
                }
            }
        }
        return isAboutType ? inContent : nil
    }

    /// The next attribute of the element that is being read; `nil` at its end.
    private static func attribute(
        in page: Span<UInt8>,
        _ index: inout Int
    ) -> (name: Range<Int>, value: Range<Int>)? {
        while index < page.count, page[index].isWhiteSpace || page[index] == UInt8(ascii: "/") {
            index += 1
        }
        guard index < page.count, page[index] != UInt8(ascii: ">") else { return nil }
        let start = index
        // A name may begin with the sign that ends others.
        repeat { index += 1 } while index < page.count && !page[index].endsAttributeName
        let name = start..<index
        index = page.skippingWhiteSpace(from: index)
        guard index < page.count, page[index] == UInt8(ascii: "=") else {
            return (name, index..<index)
        }
        index = page.skippingWhiteSpace(from: index + 1)
        guard index < page.count else { return nil }
        let value: Range<Int>
        if page[index].isQuotationMark {
            guard let end = page.firstIndex(of: page[index], from: index + 1) else { return nil }
            value = index + 1..<end
            index = end + 1
        } else {
            let first = index
            while index < page.count, !page[index].isWhiteSpace,
                page[index] != UInt8(ascii: ">")
            {
                index += 1
            }
            // It may go on behind what is looked at.
            guard index < page.count else { return nil }
            value = first..<index
        }
        return (name, value)
    }
}

extension UInt8 {
    fileprivate var isQuotationMark: Bool {
        self == UInt8(ascii: "\"") || self == UInt8(ascii: "'")
    }

    fileprivate var endsAttributeName: Bool {
        isWhiteSpace || self == UInt8(ascii: "=") || self == UInt8(ascii: ">")
            || self == UInt8(ascii: "/")
    }
}

extension Span<UInt8> {
    fileprivate var firstVisible: UInt8? {
        let index = skippingWhiteSpace(from: 0)
        return index < count ? self[index] : nil
    }

    fileprivate func skippingWhiteSpace(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isWhiteSpace { index += 1 }
        return index
    }

    fileprivate func startsIgnoringCase(with text: StaticString, at start: Int) -> Bool {
        let end = start + text.utf8CodeUnitCount
        return end <= count && extracting(start..<end).equalsIgnoringCase(text)
    }

    /// The place behind the first `text`, in either case, from `start` on.
    fileprivate func end(of text: StaticString, from start: Int) -> Int? {
        let length = text.utf8CodeUnitCount
        var index = start
        while index + length <= count {
            if startsIgnoringCase(with: text, at: index) { return index + length }
            index += 1
        }
        return nil
    }

    /// The label in `text/html; charset=…`, as it stands in a page.
    fileprivate var labelInMediaType: Range<Int>? {
        var index = 0
        while let end = end(of: "charset", from: index) {
            index = skippingWhiteSpace(from: end)
            guard index < count, self[index] == UInt8(ascii: "=") else { continue }
            index = skippingWhiteSpace(from: index + 1)
            guard index < count else { return nil }
            if self[index].isQuotationMark {
                return firstIndex(of: self[index], from: index + 1).map { index + 1..<$0 }
            }
            let start = index
            while index < count, !self[index].isWhiteSpace, self[index] != UInt8(ascii: ";") {
                index += 1
            }
            return start..<index
        }
        return nil
    }
}
