import Bytes
import Findings

/// The bytes that no line of a head may hold (RFC 9110 §5.5, RFC 9112 §2.2).
enum LineBytes {
    /// Notes control bytes, bare carriage returns, and bytes that are not UTF-8, in `range`.
    static func check(
        _ bytes: [UInt8],
        _ range: Range<Int>,
        at offset: Int,
        findings: inout [Finding]
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            var length = 1
            var code: FindingCode?
            if byte == .carriageReturn {
                code = .bareCarriageReturn
            } else if byte.isControl {
                code = .invalidFieldValue
            } else if byte >= 0x80 {
                let sequence = EscapedText.multiByteSequenceLength(in: bytes.span, at: index)
                if let sequence { length = sequence } else { code = .bytesNotUTF8 }
            }
            if let code {
                let place = index + offset..<index + offset + 1
                findings.note(Finding(code, bytes: place), folding: true)
            }
            index += length
        }
    }
}
