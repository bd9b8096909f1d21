import Reassembly
import Synchronization

/// Where in streams the content ends that is counted and not looked at: so that who writes down what
/// is delivered need not copy it.
///
/// The reader of the streams puts down what it knows, and the writer looks it up at any time: either
/// it learns what holds until the stream is disturbed, or nothing.
package final class CountedContent: Sendable {
    /// How many bytes at a time are worth the trouble: at the most those of a segment.
    static let lengths = 1024...1 << 16

    /// The stream, the place, and a check that they belong together.
    ///
    /// The three are not written at once: where the check fails, somebody is at it.
    private struct Entry: ~Copyable {
        let key = Atomic(0)
        let end = Atomic(0)
        let check = Atomic(0)
    }

    private let entries = InlineArray<512, Entry> { _ in Entry() }

    package init() {}

    /// Puts down that a stream's bytes before `end` are only counted.
    func note(_ key: Int, end: Int) {
        let entry = key % entries.count
        entries[entry].key.store(key, ordering: .relaxed)
        entries[entry].end.store(end, ordering: .relaxed)
        entries[entry].check.store(Self.check(key, end), ordering: .relaxed)
    }

    /// The place before which all bytes of a stream are only counted, as far as is known.
    package func end(_ key: Int) -> Int {
        let entry = key % entries.count
        let end = entries[entry].end.load(ordering: .relaxed)
        guard entries[entry].key.load(ordering: .relaxed) == key,
            entries[entry].check.load(ordering: .relaxed) == Self.check(key, end)
        else { return 0 }
        return end
    }

    /// A number for one direction of a connection; never 0.
    static func key(_ stream: Int, _ direction: Direction) -> Int {
        stream &* 2 &+ (direction == .forward ? 1 : 2)
    }

    private static func check(_ key: Int, _ end: Int) -> Int {
        key &* 0x5851_F42D_4C95_7F2D ^ end
    }
}

extension HTTP1Connection {
    /// Puts down where the server's content ends of which the byte at `offset` is the next, if it
    /// will only be counted.
    ///
    /// It changes nothing: but asked without the right to, it would be asked of a copy, which is
    /// large.
    mutating func noteCountedContent(
        _ direction: Direction,
        from offset: Int,
        in counted: CountedContent,
        _ assembler: borrowing ExchangeAssembler
    ) {
        // Before the first message it is open which end is the server.
        guard hasHTTP, direction != facts.clientDirection else { return }
        let length = responses.parser.uninspectedLength
        guard length >= CountedContent.lengths.lowerBound else { return }
        if let position = pairer.responsePosition {
            let kept = assembler.exchanges[pairer[position].slot].heldResponse.content.count
            guard kept >= options.contentLimit(isCoded: responses.parser.isContentCoded) else {
                return
            }
        }
        counted.note(CountedContent.key(facts.stream, direction), end: offset + length)
    }
}
