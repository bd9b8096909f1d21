import Reassembly

/// What a connection speaks, as far as the first bytes of its ends have told.
struct ProtocolChoice: Sendable {
    /// The protocol beside or instead of HTTP/1.
    var guess: ProtocolGuess?
    /// What the ends began with, that of the forward direction first.
    private var beginnings: InlineArray<2, Beginning> = [Beginning(), Beginning()]
    /// Reads what a client of TLS says in clear: one element at the most, and none elsewhere.
    var clientHello: [ClientHelloReader] = []

    /// The header of the PROXY protocol in front of the client's stream.
    var proxyHeader: ProxyHeader?
    /// What may become one, and how many bytes of one are passed over unread.
    var held: HeldBeginning?
    var headerBytesToCome = 0

    /// What is read only if it is answered in HTTP.
    var withheld: WithheldTalk?
    /// Whether the server has greeted as another protocol.
    var isGreeted = false
    /// Whether the client has sent the preface of HTTP/2, and the server has not answered it.
    var isPrefaced = false
    /// Whether everything is read as HTTP whatever it looks like.
    var isForced = false

    /// What the end that sends in `direction` has begun with.
    subscript(beginningOf direction: Direction) -> Beginning {
        _read { yield beginnings[direction == .forward ? 0 : 1] }
        _modify { yield &beginnings[direction == .forward ? 0 : 1] }
    }

    /// Whether neither end has begun with HTTP.
    @inline(__always) var isForeign: Bool {
        beginnings[0].speech == .foreign && beginnings[1].speech == .foreign
    }

    /// Whether an end that has begun otherwise may still come to speak HTTP.
    @inline(__always) var mayReturn: Bool { !isGreeted && guess?.reach != .connection }

    /// Looks once more at directions that ended before anything was decided.
    mutating func judgeRest() {
        for direction in Direction.allCases where guess == nil {
            guess = ProtocolGuess(self[beginningOf: direction].bytes.span)
        }
    }
}
