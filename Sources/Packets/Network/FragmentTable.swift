import Bytes

/// Puts fragmented IP packets together (RFC 815's problem, solved with a list of ranges).
///
/// First-seen bytes win where pieces overlap. What is incomplete is kept until so many packets are
/// pending that the oldest has to go.
package struct FragmentTable: Sendable {
    private struct Pending: Sendable {
        var pieces: [(position: Int, bytes: [UInt8])] = []
        var totalLength: Int?
        var arrival: Int
    }

    private var pending: [Fragment.Key: Pending] = [:]
    private var arrivals = 0

    /// The most packets that are kept incomplete.
    package static let limit = 1024

    /// Fragments that were given up because their packet never became whole.
    package private(set) var abandoned = 0

    package init() {}

    /// Fragments that are still waiting for others.
    package var waiting: Int { pending.values.reduce(0) { $0 + $1.pieces.count } }

    /// Takes a piece.
    ///
    /// - Parameters:
    ///   - fragment: the piece as decoded from a frame.
    ///   - frame: the frame's bytes.
    /// - Returns: the payload of its packet once that is whole, until then `nil`.
    package mutating func add(_ fragment: Fragment, _ frame: Span<UInt8>) -> [UInt8]? {
        guard !fragment.payload.isEmpty, fragment.position + fragment.payload.count <= 65_535 else {
            abandoned += 1
            return nil
        }
        arrivals += 1
        makeRoom(for: fragment.key)
        var packet = pending[fragment.key] ?? Pending(arrival: arrivals)
        packet.pieces.append(
            (fragment.position, [UInt8](copying: frame.extracting(fragment.payload)))
        )
        if !fragment.hasMore { packet.totalLength = fragment.position + fragment.payload.count }
        guard let whole = Self.assemble(packet) else {
            pending[fragment.key] = packet
            return nil
        }
        pending[fragment.key] = nil
        return whole
    }

    private mutating func makeRoom(for key: Fragment.Key) {
        guard pending.count >= Self.limit, pending[key] == nil,
            let oldest = pending.min(by: { $0.value.arrival < $1.value.arrival })
        else { return }
        abandoned += oldest.value.pieces.count
        pending[oldest.key] = nil
    }

    private static func assemble(_ packet: Pending) -> [UInt8]? {
        guard let total = packet.totalLength else { return nil }
        var whole: [UInt8] = []
        whole.reserveCapacity(total)
        // A stable order by position: of two pieces at one place the earlier arrival comes first.
        for piece in packet.pieces.enumerated().sorted(by: {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }) {
            let known = whole.count - piece.element.position
            guard known >= 0 else { return nil }
            if known < piece.element.bytes.count {
                whole.append(contentsOf: piece.element.bytes[known...])
            }
        }
        return whole.count >= total ? Array(whole.prefix(total)) : nil
    }
}
