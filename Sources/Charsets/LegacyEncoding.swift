/// An encoding of text other than UTF-8 and UTF-16 that web pages have, by the name that the Encoding
/// Standard (WHATWG) gives it.
///
/// Those that it takes for none (`replacement`) or that are no letters (`x-user-defined`) are not
/// among them, nor are windows-1252 and ISO-8859-15, which need no library.
package enum LegacyEncoding: String, Sendable, Hashable, CaseIterable {
    case ibm866 = "IBM866"
    case iso8859Part2 = "ISO-8859-2"
    case iso8859Part3 = "ISO-8859-3"
    case iso8859Part4 = "ISO-8859-4"
    case iso8859Part5 = "ISO-8859-5"
    case iso8859Part6 = "ISO-8859-6"
    case iso8859Part7 = "ISO-8859-7"
    case iso8859Part8 = "ISO-8859-8"
    /// The same bytes, its letters in the order in which they are read.
    case iso8859Part8Logical = "ISO-8859-8-I"
    case iso8859Part10 = "ISO-8859-10"
    case iso8859Part13 = "ISO-8859-13"
    case iso8859Part14 = "ISO-8859-14"
    case iso8859Part16 = "ISO-8859-16"
    case koi8R = "KOI8-R"
    case koi8U = "KOI8-U"
    case macintosh
    case macCyrillic = "x-mac-cyrillic"
    case windows874 = "windows-874"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case windows1255 = "windows-1255"
    case windows1256 = "windows-1256"
    case windows1257 = "windows-1257"
    case windows1258 = "windows-1258"
    case gbk = "GBK"
    case gb18030
    case big5 = "Big5"
    case eucJP = "EUC-JP"
    case iso2022JP = "ISO-2022-JP"
    case shiftJIS = "Shift_JIS"
    case eucKR = "EUC-KR"

    /// The encoding that browsers take a label for, in either case.
    package init?(label: String) {
        guard let encoding = Self.labels[label.lowercased()] else { return nil }
        self = encoding
    }

    /// Whether some of its characters have two bytes or more, none of which tells by itself what it
    /// is.
    var isMultiByte: Bool {
        switch self {
        case .gbk, .gb18030, .big5, .eucJP, .shiftJIS, .eucKR: true
        case .ibm866, .iso8859Part2, .iso8859Part3, .iso8859Part4, .iso8859Part5, .iso8859Part6,
            .iso8859Part7, .iso8859Part8, .iso8859Part8Logical, .iso8859Part10, .iso8859Part13,
            .iso8859Part14, .iso8859Part16, .koi8R, .koi8U, .macintosh, .macCyrillic, .windows874,
            .windows1250, .windows1251, .windows1253, .windows1254, .windows1255, .windows1256,
            .windows1257, .windows1258, .iso2022JP:
            false
        }
    }

    /// The name of what browsers mean by it in the GNU C library, which is often a larger set than
    /// the one of its name; other libraries know these names too.
    var libraryName: String {
        switch self {
        case .iso8859Part8Logical: "ISO-8859-8"
        case .macCyrillic: "MAC-UK"
        case .windows874: "CP874"
        case .windows1250: "CP1250"
        case .windows1251: "CP1251"
        case .windows1253: "CP1253"
        case .windows1254: "CP1254"
        case .windows1255: "CP1255"
        case .windows1256: "CP1256"
        case .windows1257: "CP1257"
        case .windows1258: "CP1258"
        case .gbk, .gb18030: "GB18030"
        case .big5: "BIG5-HKSCS"
        case .eucJP: "EUC-JP-MS"
        case .shiftJIS: "CP932"
        case .eucKR: "CP949"
        case .ibm866, .iso8859Part2, .iso8859Part3, .iso8859Part4, .iso8859Part5, .iso8859Part6,
            .iso8859Part7, .iso8859Part8, .iso8859Part10, .iso8859Part13, .iso8859Part14,
            .iso8859Part16, .koi8R, .koi8U, .macintosh, .iso2022JP:
            rawValue
        }
    }
}
