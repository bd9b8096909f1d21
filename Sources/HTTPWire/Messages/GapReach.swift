/// How far bytes that the capture lacks reach in a stream of messages.
package enum GapReach: Sendable, Hashable {
    /// They belong to the message at hand, or to one that ends with them.
    case sameMessage
    /// At least the last of them belongs to a message behind the one at hand.
    case nextMessage
    /// Nobody knows: the end of the message at hand may lie among them.
    case unknown
}
