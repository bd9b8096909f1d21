import Findings

/// What became of the bytes of a connection.
struct ByteAccount: Sendable {
    /// How many there were, and of what.
    var counts = ByteCounts()

    /// What messages that are not over take of memory, in bytes, as far as the assembler counts that.
    var countedFootprint = 0

    /// The bytes that belong to no message and came before the first.
    var earlyUnclaimed: UnclaimedBytes?
    /// What the client has sent since its last request and is none.
    var unread: UnreadBytes?
    /// Bytes since the last message of the server that belong to none, where an answer is due.
    var foreignStretch: ForeignStretch?
}
