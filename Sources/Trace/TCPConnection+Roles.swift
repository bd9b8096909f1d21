import Findings
import HTTPWire
import Reassembly

extension TCPConnection {
    /// Which way requests go on a connection whose handshake was not captured: the first payload
    /// tells by what it looks like, else the ports do.
    func clientByContent(_ direction: Direction, _ bytes: Span<UInt8>) -> Direction {
        if MessageRole.response.seemsToBegin(bytes) { return direction.opposite }
        if MessageRole.request.seemsToBegin(bytes) { return direction }
        return forwardSource.port < backwardSource.port ? .backward : .forward
    }
}

extension SegmentOddity {
    /// The code under which it is reported.
    var code: FindingCode {
        switch self {
        case .retransmission: .retransmission
        case .duplicateFrame: .duplicateFrame
        case .outOfOrder: .outOfOrder
        case .conflictingOverlap: .conflictingOverlap
        case .zeroWindow: .zeroWindow
        }
    }
}
