import Findings
import HTTPWire
import Reassembly

extension TCPConnection {
    /// Which way requests go where one end's port is among those of servers; of two, the end that
    /// did not open the connection is the server.
    func client(ofServersAt ports: Set<UInt16>) -> Direction? {
        guard !ports.isEmpty else { return nil }
        switch (ports.contains(forwardSource.port), ports.contains(backwardSource.port)) {
        case (false, false): return nil
        case (true, false): return .backward
        case (false, true): return .forward
        case (true, true): return initiator ?? .forward
        }
    }

    /// Which way requests go on a connection whose handshake was not captured: the first payload
    /// tells by what it looks like, else the ports do.
    func clientByContent(_ direction: Direction, _ bytes: Span<UInt8>) -> Direction {
        if !MessageRole.isQuotation(bytes) {
            if MessageRole.response.seemsToBegin(bytes) { return direction.opposite }
            if MessageRole.request.seemsToBegin(bytes) { return direction }
        }
        return forwardSource.port < backwardSource.port ? .backward : .forward
    }
}

extension SegmentOddity {
    /// The code under which it is reported; `nil` where it is only counted.
    var code: FindingCode? {
        switch self {
        case .retransmission: .retransmission
        case .duplicateFrame: .duplicateFrame
        case .outOfOrder: .outOfOrder
        case .resentAfterLoss: .resentAfterLoss
        case .conflictingOverlap: .conflictingOverlap
        case .zeroWindow: .zeroWindow
        case .urgentData: .urgentData
        case .dataAfterReset: .dataAfterReset
        case .ignoredReset: .ignoredReset
        case .ignoredSYN: .ignoredSYN
        case .ignoredSegment: .ignoredSegment
        case .paddedSegment: .paddedSegment
        case .uncountedNumbers: .uncountedNumbers
        case .missingAcknowledgement: .missingAcknowledgement
        case .windowReopened: nil
        }
    }
}

extension FindingCode {
    /// The code under which missing bytes are reported.
    init(_ cause: GapCause) {
        self = cause == .cutFrame ? .frameCutBySnaplen : .captureGap
    }
}
