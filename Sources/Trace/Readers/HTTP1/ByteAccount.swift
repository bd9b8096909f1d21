import Findings

/// What became of the bytes of a connection.
struct ByteAccount: Sendable {
    /// Bytes delivered; those that belong to no message; those of another protocol.
    var delivered = 0
    var unclaimed = 0
    var switched = 0

    /// What messages that are not over take of memory, in bytes, as far as the assembler counts that.
    var countedFootprint = 0

    /// The bytes that belong to no message and came before the first.
    var earlyUnclaimed: UnclaimedBytes?
    /// What the client has sent since its last request and is none.
    var unread: UnreadBytes?
    /// Bytes since the last message of the server that belong to none, where an answer is due.
    var foreignStretch: ForeignStretch?
}
