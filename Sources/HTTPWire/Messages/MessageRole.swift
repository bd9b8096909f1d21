/// Which half of an exchange a message is.
package enum MessageRole: Sendable, Hashable {
    case request
    case response
}
