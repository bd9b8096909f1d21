import Findings
import HTTPWire
import Packets
import Reassembly

/// What the pairing of an exchange that is not finished yet rests on.
struct OpenExchange: Sendable {
    /// How far one half of the exchange is.
    enum Progress: Sendable {
        case absent
        case begun
        case done
    }

    /// Where the exchange itself lies in ``ExchangeAssembler/exchanges``.
    let slot: Int

    /// Counts the exchanges of the stream; final once nothing in front of it can be inserted.
    var index = 0

    /// Why one half will not come.
    var absence: Absence?

    var requestProgress = Progress.absent
    var responseProgress = Progress.absent

    /// Where the request began in the client's stream, and how far the client had received the
    /// server's by then; both in bytes.
    var requestOffset = 0
    var requestAcknowledged = 0

    /// What a response to it has to be told.
    var answering = AnsweredRequest.ordinary

    /// How many requests in front of it, behind the one before it, are certain to be missing and wait
    /// for an answer; whether more may be.
    var unseenBefore = 0
    var isInDoubt = false

    /// Whether it waits for the end of the connection, which its response turned over to another
    /// protocol.
    var isHeld = false

    init(slot: Int) { self.slot = slot }

    /// Whether nothing more will come of it.
    var isOver: Bool {
        if isHeld { return false }
        return switch (requestProgress, responseProgress) {
        case (.done, .done), (.absent, .done): true
        case (.begun, .done): absence != nil
        case (.done, .absent), (.absent, .absent): absence != nil
        case (.begun, .absent), (_, .begun): false
        }
    }

    /// Whether no final response to it has begun.
    var isUnanswered: Bool { responseProgress == .absent && absence == nil }
}
