public import Findings
public import Packets

/// A request and the response to it, or the half of it that the capture has.
public struct Exchange: Sendable {
    /// Counts TCP connections from 0 in the order of their first packet, as Wireshark does.
    public var stream: Int

    /// Counts the exchanges of a stream from 0.
    public var index: Int

    /// The end that sent, or would have sent, the request.
    public var client: Endpoint

    /// The end that answers.
    public var server: Endpoint

    /// The request; `nil` where the capture has none.
    public var request: Message? {
        get { hasRequest ? heldRequest : nil }
        set {
            hasRequest = newValue != nil
            heldRequest = newValue ?? Message()
        }
    }

    /// The final response; `nil` where the capture has none.
    public var response: Message? {
        get { hasResponse ? heldResponse : nil }
        set {
            hasResponse = newValue != nil
            heldResponse = newValue ?? Message()
        }
    }

    /// The interim responses (1xx) that came before the final one, in order.
    public var interim: [Message] = []

    /// Why ``request`` or ``response`` is missing; `nil` where both are there.
    public var absence: Absence?

    /// How long its parts took.
    public var timing = Timing()

    /// What TCP cost it beyond its bytes.
    public var transport = TransportCost()

    /// What followed on the connection after its response had turned it over to another protocol:
    /// one element at the most, kept apart so that other exchanges stay small.
    package var switchedTraffic: [SwitchedTraffic] = []

    /// What the proxy in front of the server has told of the client: one element at the most, for the
    /// same reason.
    package var proxyHeaders: [ProxyHeader] = []

    /// Where its messages were cut into segments, where that was asked for and there are cuts: one
    /// element at the most, for the same reason.
    package var segmentCuts: [SegmentCuts] = []

    /// What had ended the connection when the exchange was over, in the order of capture; empty where
    /// that has cost it nothing, as both messages are whole and were taken, or lack only what the
    /// capture lacks.
    public package(set) var ends: [ConnectionEnd] = []

    /// What is wrong with the pair and with the TCP stream under it.
    public var findings: [Finding] = []

    /// What its messages take of memory, in bytes, as far as that grows with what was sent: see
    /// ``MessageHead/footprint``.
    var footprint = 0

    // An exchange is large and lies in a place that is used again: whoever looks at its messages
    // often does it where they lie.

    /// What ``request`` is where ``hasRequest``; else storage for one.
    package var heldRequest = Message()
    package var hasRequest = false

    /// What ``response`` is where ``hasResponse``; else storage for one.
    package var heldResponse = Message()
    package var hasResponse = false

    /// Creates an exchange of two messages, or of what the capture has of them.
    package init(
        stream: Int,
        index: Int,
        client: Endpoint,
        server: Endpoint,
        request: Message? = nil,
        response: Message? = nil
    ) {
        self.stream = stream
        self.index = index
        self.client = client
        self.server = server
        self.request = request
        self.response = response
    }

    /// An exchange of which nothing is known, and which holds no memory.
    static var vacant: Exchange {
        let nobody = Endpoint(address: IPAddress(version4: 0), port: 0)
        return Exchange(stream: -1, index: 0, client: nobody, server: nobody)
    }

    /// Makes it one of which nothing is known, and keeps the storage.
    mutating func reset() {
        if hasRequest { heldRequest.reset() }
        if hasResponse { heldResponse.reset() }
        hasRequest = false
        hasResponse = false
        if !interim.isEmpty { interim = [] }
        absence = nil
        footprint = 0
        timing = Timing()
        transport = TransportCost()
        if !switchedTraffic.isEmpty { switchedTraffic = [] }
        if !proxyHeaders.isEmpty { proxyHeaders = [] }
        if !segmentCuts.isEmpty { segmentCuts = [] }
        if !ends.isEmpty { ends = [] }
        if !findings.isEmpty { findings.removeAll(keepingCapacity: true) }
    }
}

extension Exchange {
    /// What followed on the connection after the response had turned it over to another protocol.
    public var switched: SwitchedTraffic? { switchedTraffic.first }

    /// The header of the PROXY protocol in front of the connection's first request.
    public var proxyHeader: ProxyHeader? { proxyHeaders.first }
}

/// Why one half of an exchange is not there, by the name that output for programs uses.
public enum Absence: String, CaseIterable, Sendable, Hashable {
    /// The connection closed before a response came.
    case connectionClosed = "connection-closed"
    /// The connection was reset before a response came.
    case connectionReset = "connection-reset"
    /// The capture ended before a response came.
    case captureEnded = "capture-ended"
    /// What came where the response should be is no HTTP message.
    case responseNotRecognized = "response-not-recognized"
    /// The capture lacks the bytes where the response would be.
    case responseNotCaptured = "response-not-captured"
    /// The request was sent before the capture began, or its bytes are missing from the capture.
    case requestNotCaptured = "request-not-captured"
    /// The client sent something that is not HTTP, and the server answered it.
    case requestNotHTTP = "request-not-http"
    /// The server sent a response though nothing was asked.
    case unsolicited
}
