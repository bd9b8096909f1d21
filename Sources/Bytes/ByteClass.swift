/// What a byte may be in HTTP's grammar.
extension UInt8 {
    @inlinable package static var tab: UInt8 { 0x09 }
    @inlinable package static var lineFeed: UInt8 { 0x0A }
    @inlinable package static var carriageReturn: UInt8 { 0x0D }
    @inlinable package static var space: UInt8 { 0x20 }
    @inlinable package static var colon: UInt8 { 0x3A }

    /// Space or horizontal tab, the white space that HTTP calls `OWS` (RFC 9110 §5.6.3).
    @inlinable
    package var isBlank: Bool { self == .space || self == .tab }

    /// `0` to `9`.
    @inlinable
    package var isDigit: Bool { self &- 0x30 < 10 }

    /// An ASCII letter of either case.
    @inlinable
    package var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// A control character that no text line holds: anything below space but the tab, and DEL.
    @inlinable
    package var isControl: Bool { self < 0x20 && self != .tab || self == 0x7F }

    /// A character of a `token`: method names and field names (RFC 9110 §5.6.2).
    ///
    /// One bit for each character below 128: `!#$%&'*+-.0-9` in the first word, and
    /// `A-Z^_`a-z|~` in the second.
    @inlinable
    package var isToken: Bool {
        let word: UInt64 = self < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return self < 128 && word >> (self & 63) & 1 == 1
    }

    /// The value of a hexadecimal digit, or `nil`.
    @inlinable
    package var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
