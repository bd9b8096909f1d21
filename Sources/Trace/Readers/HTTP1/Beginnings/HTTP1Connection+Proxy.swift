import Bytes
import HTTPWire
import Reassembly

/// Bytes that may prove to be a header of the PROXY protocol, and where they began.
struct HeldBeginning: Sendable {
    var bytes: [UInt8]
    let moment: Moment
}

// A proxy may put the header of the PROXY protocol in front of what it passes on. Until it is whole
// nothing is read, and what follows it is judged as the beginning of the stream.
extension HTTP1Connection {
    /// Takes what is, or may be, a header in front of a client's stream.
    ///
    /// - Returns: `false` where these bytes have nothing to do with one.
    mutating func takeProxyHeader(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Bool {
        guard mayBeginWithProxyHeader(direction, bytes) else { return false }
        let held = choice.held ?? HeldBeginning(bytes: [], moment: moment)
        let room = Self.heldLimit - held.bytes.count
        let collected =
            held.bytes + [UInt8](copying: bytes.extracting(0..<min(bytes.count, room)))
        switch ProxyHeaderReading(collected) {
        case .incomplete where bytes.count < room:
            choice.held = HeldBeginning(bytes: collected, moment: held.moment)
            return true
        case .incomplete, .none: return false
        case .header(let header, let length):
            choice.proxyHeader = header
            facts.clientDirection = direction
            choice.held = nil
            account.counts.switched += held.bytes.count
            passProxyHeader(direction, length - held.bytes.count, bytes, moment, &assembler)
            return true
        }
    }

    /// The most bytes that are held: the addresses stand in front, whatever follows them.
    private static let heldLimit = 512

    /// The first byte tells of nearly all streams that they do not.
    private func mayBeginWithProxyHeader(_ direction: Direction, _ bytes: Span<UInt8>) -> Bool {
        guard choice.proxyHeader == nil, direction == facts.clientDirection || !facts.hasHandshake,
            !bytes.isEmpty
        else { return false }
        return choice.held != nil || bytes[0] == .carriageReturn || bytes[0] == 0x50
    }

    /// Passes over `length` bytes more of a header, and goes on behind it.
    mutating func passProxyHeader(
        _ direction: Direction,
        _ length: Int,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        let passed = min(length, bytes.count)
        account.counts.switched += passed
        choice.headerBytesToCome = length - passed
        guard passed < bytes.count else { return }
        var behind = moment
        behind.offset += passed
        feedBeginning(direction, bytes.extracting(passed..<bytes.count), behind, &assembler)
    }

    /// Reads what was held and is no header.
    mutating func releaseHeld(_ assembler: inout ExchangeAssembler) {
        guard let held = choice.held.take() else { return }
        readBeginning(facts.clientDirection, held.bytes.span, held.moment, &assembler)
    }
}
