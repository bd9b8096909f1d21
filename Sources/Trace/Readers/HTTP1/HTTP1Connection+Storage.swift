import HTTPWire

// Where each exchange has a connection of its own, what its parsers collect is allocated anew for
// each: so the storage goes from the parsers of a connection that is over to those of the next.
extension HTTP1Connection {
    /// How many heads are kept.
    private static let spareLimit = 64

    /// The most storage of a head that is worth keeping, in bytes.
    private static let storageLimit = 4096

    /// Takes over the storage of heads that are done, as far as there is any.
    mutating func takeStorage(from spare: inout [MessageHead]) {
        if var head = spare.popLast() { requests.parser.swapHead(&head) }
        if var head = spare.popLast() { responses.parser.swapHead(&head) }
    }

    /// Gives away the storage of its heads; nothing more is parsed.
    mutating func giveStorage(to spare: inout [MessageHead]) {
        requests.parser.giveStorage(to: &spare, limit: Self.storageLimit, count: Self.spareLimit)
        responses.parser.giveStorage(to: &spare, limit: Self.storageLimit, count: Self.spareLimit)
    }
}

extension MessageParser {
    fileprivate mutating func giveStorage(
        to spare: inout [MessageHead],
        limit: Int,
        count: Int
    ) {
        guard spare.count < count, head.bytes.capacity > 0 else { return }
        var given = MessageHead()
        swapHead(&given)
        given.reset()
        if 1...limit ~= given.storage { spare.append(consume given) }
    }
}
