import Bytes
import Findings
import HTTPWire

extension Exchange {
    /// Notes what a client of HTTP/1.0 must not be sent: a transfer coding (RFC 9112 §6.1), and interim
    /// responses (RFC 9110 §15.2).
    ///
    /// Where the request may be another's, nothing is said.
    mutating func checkForOldClient() {
        guard heldRequest.head.startLine.protocolVersion == .http1(minor: 0),
            !findings.contains(where: { $0.code == .uncertainPairing })
        else { return }
        for index in interim.indices {
            interim[index].noteBeyondOldVersion(at: interim[index].head.startLine.status)
        }
        let coding = heldResponse.head.fieldLines.first {
            heldResponse.head.isNamed($0, "Transfer-Encoding")
        }
        if let coding { heldResponse.noteBeyondOldVersion(at: coding.line) }
    }
}

extension Message {
    fileprivate mutating func noteBeyondOldVersion(at bytes: Range<Int>) {
        head.findings.note(Finding(.beyondOldVersion, bytes: bytes))
    }
}
