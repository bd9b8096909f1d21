internal import Bytes
internal import Packets
internal import Reassembly
internal import Support

/// What a connection table makes of a list of frames.
struct Reassembled {
    /// What one direction of one connection came to, in order.
    struct Stream: Hashable {
        var bytes: [UInt8] = []
        var gaps: [Int] = []
        var hasEnded = false
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Something that a connection gave, as text that a test can compare.
    enum Event: Hashable {
        case data(Direction, String)
        case gap(Direction, Int)
        case end(Direction)
        case reset(Direction)
    }

    /// A table, which cannot be copied, in a place that can.
    private final class Place {
        var table: ConnectionTable

        init(_ options: ReassemblyOptions) { table = ConnectionTable(options: options) }
    }

    private let place: Place
    private var table: ConnectionTable {
        _read { yield place.table }
        nonmutating _modify { yield &place.table }
    }
    private var remembered = DeliveredSegments(memory: 1 << 16)
    private(set) var events: [Event] = []
    private(set) var streams: [[Direction: Stream]] = []
    private(set) var oddities: [SegmentOddity] = []
    private(set) var conflicts: [OverlapConflict] = []
    private(set) var captured = 0
    private(set) var delivered = 0
    private(set) var duplicates = 0
    private(set) var refused = 0

    /// How many connections there have been.
    var count: Int { table.count }
    /// The connections that are still known.
    var live: Int { table.liveSlots.count }

    init(
        _ frames: [BuiltFrame] = [],
        flushing: Bool = true,
        options: ReassemblyOptions = ReassemblyOptions()
    ) {
        place = Place(options)
        for (index, frame) in frames.enumerated() { process(frame, number: index + 1) }
        if flushing { finish() }
    }

    var forward: Stream { streams.first?[.forward] ?? Stream() }
    var backward: Stream { streams.first?[.backward] ?? Stream() }

    mutating func process(_ built: BuiltFrame, number: Int) {
        let frame = built.frame(number: number)
        let reference = FrameReference(number: number, timestamp: built.timestamp)
        let outcome = PacketDecoder.decode(
            built.bytes.span,
            linkType: frame.linkType,
            originalLength: frame.originalLength
        )
        guard case .segment(let segment) = outcome else { return }
        process(segment, reference, built.bytes.span)
    }

    mutating func process(
        _ segment: TCPSegment,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>
    ) {
        captured += segment.payload.count
        var location = table.find(segment)
        var foreign: [ForeignSegment] = []
        if let old = location, old.isSuperseded {
            foreign = table.connections[old.slot].takeForeign(
                ofConnectionOf: segment,
                old.direction
            )
            close(old.slot)
            location = nil
        }
        let place = location ?? table.open(segment, takingUp: foreign)
        let (slot, direction) = (place.slot, place.direction)
        let acceptance = table.connections[slot].accept(
            segment,
            direction,
            frame: frame,
            bytes: bytes,
            &remembered
        )
        if !acceptance.payload.isEmpty {
            take([UInt8](copying: bytes.extracting(acceptance.payload)), direction, slot)
        }
        drain(slot)
    }

    mutating func finish() {
        for slot in table.liveSlots.sorted() { close(slot) }
    }

    private mutating func close(_ slot: Int) {
        table.connections[slot].flush()
        drain(slot)
        duplicates += table.connections[slot].duplicateBytes
        refused += table.connections[slot].refusedBytes
        table.remove(slot)
    }

    private mutating func drain(_ slot: Int) {
        while let event = table.connections[slot].nextEvent(&remembered) {
            switch event {
            case .data(let payload): take(payload.bytes, payload.direction, slot)
            case .gap(let direction, let length, _):
                events.append(.gap(direction, length))
                change(slot, direction) { $0.gaps.append(length) }
            case .end(let direction):
                events.append(.end(direction))
                change(slot, direction) { $0.hasEnded = true }
            case .reset(let direction): events.append(.reset(direction))
            }
        }
        oddities += table.connections[slot].oddities.map(\.oddity)
        conflicts += table.connections[slot].conflicts
        table.connections[slot].conflicts = []
        table.connections[slot].oddities = []
    }

    private mutating func take(_ bytes: [UInt8], _ direction: Direction, _ slot: Int) {
        delivered += bytes.count
        events.append(.data(direction, String(decoding: bytes, as: UTF8.self)))
        change(slot, direction) { $0.bytes += bytes }
    }

    private mutating func change(
        _ slot: Int,
        _ direction: Direction,
        _ body: (inout Stream) -> Void
    ) {
        let stream = table.connections[slot].stream
        while streams.count <= stream { streams.append([:]) }
        body(&streams[stream][direction, default: Stream()])
    }
}

/// A request and its response in five segments, each of five bytes or less, and an orderly close.
var conversation: ConversationBuilder {
    var builder = ConversationBuilder()
    builder.segmentSize = 5
    builder.handshake()
    builder.send("one two three", from: .client)
    builder.send("answer it", from: .server)
    builder.acknowledge(from: .client)
    builder.close()
    return builder
}
