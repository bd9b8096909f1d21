import Packets
import Reassembly

/// A reader of one connection's streams, in one protocol.
///
/// ``ConnectionReaders`` knows which protocols there are, and hands every event of a connection to
/// the reader that the connection has at the moment.
protocol ConnectionReader: ~Copyable {
    /// What is known of the connection beside its streams.
    var facts: ConnectionFacts { get }

    /// Takes the next event, but those with which a reader begins and ends.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - bytes: those of ``StreamEvent/bytes(_:)`` and ``StreamEvent/repeated(_:)``.
    ///   - moment: that of the first of the bytes, or of the event.
    ///   - assembler: where exchanges grow and leave.
    /// - Returns: whether the reader of another protocol takes over behind the event.
    mutating func receive(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Bool

    /// Ends everything: no more events will come; what is unfinished is so for the reason given.
    ///
    /// - Returns: how many exchanges there have been on the connection.
    mutating func finish(
        _ absence: Absence,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Int

    /// Whether a message or an exchange has begun and not ended.
    var isPending: Bool { get }

    /// Lends each exchange as it stands whose request began before `time` and that is not over.
    func lendPending(
        askedBefore time: Timestamp,
        _ exchanges: borrowing ExchangeStore,
        _ body: (Exchange) -> Void
    )

    /// What the messages wait for.
    func waits(_ exchanges: borrowing ExchangeStore) -> [Wait]

    /// Whether something is kept that can be given up, and how much memory that takes, in bytes.
    var keepsMessages: Bool { get }
    func footprint(_ assembler: borrowing ExchangeAssembler) -> Int
}

extension ConnectionReader where Self: ~Copyable {
    var isPending: Bool { false }

    func lendPending(
        askedBefore time: Timestamp,
        _ exchanges: borrowing ExchangeStore,
        _ body: (Exchange) -> Void
    ) {}

    func waits(_ exchanges: borrowing ExchangeStore) -> [Wait] { [] }

    var keepsMessages: Bool { false }
    func footprint(_ assembler: borrowing ExchangeAssembler) -> Int { 0 }
}
