import Packets
import Reassembly

/// TCP segments of a few connections: every captured byte is delivered once or counted as a
/// duplicate, and what is delivered stands where its sequence number says.
struct SegmentInput {
    /// The bytes of the input that make one segment.
    private static let recordLength = 7

    private let input: [UInt8]

    init(_ input: [UInt8]) { self.input = input }

    func check() {
        var receiver = Receiver()
        var time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
        var number = 0
        var rest = input[...].prefix(Self.recordLength * 2000)
        while rest.count >= Self.recordLength {
            let record = Array(rest.prefix(Self.recordLength))
            rest = rest.dropFirst(Self.recordLength)
            number += 1
            time.nanoseconds += Int64(record[6]) * 10_000_000
            receiver.take(record, FrameReference(number: number, timestamp: time))
        }
        receiver.finish()
    }
}

/// Takes the segments in.
private struct Receiver: ~Copyable {
    /// How the bytes of one direction continue.
    private struct Stream {
        /// What is to be added to an offset to have the low byte of its sequence number.
        var base: UInt8?
        var offset = 0
        /// Whether a FIN came: it has a sequence number and is no byte, so what is sent behind it in
        /// spite of it stands one further.
        var hasFIN = false
        /// Whether numbers are not counted as they should be, so that they say nothing of a place.
        var isUncounted = false
    }

    private struct Place: Hashable {
        var slot: Int
        var direction: Direction
    }

    private var table = ConnectionTable()
    private var streams: [Place: Stream] = [:]
    private var captured = 0
    private var delivered = 0
    private var duplicates = 0
    private var refused = 0
    private var remembered = DeliveredSegments(memory: 1 << 16)

    mutating func take(_ record: [UInt8], _ frame: FrameReference) {
        let (segment, bytes) = Self.segment(record)
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
            bytes: bytes.span,
            &remembered
        )
        noteUncounted(slot)
        if segment.flags.contains(.fin) {
            streams[Place(slot: slot, direction: direction), default: Stream()].hasFIN = true
        }
        if !acceptance.payload.isEmpty {
            deliver(bytes[acceptance.payload], Place(slot: slot, direction: direction))
        }
        drain(slot)
    }

    mutating func finish() {
        for slot in table.liveSlots { close(slot) }
        require(
            captured == delivered + duplicates + refused,
            "\(captured) bytes became \(delivered), \(duplicates) duplicates, \(refused) refused"
        )
    }

    private mutating func close(_ slot: Int) {
        table.connections[slot].flush()
        drain(slot)
        require(table.connections[slot].waitingFootprint == 0, "bytes are left behind")
        duplicates += table.connections[slot].duplicateBytes
        refused += table.connections[slot].refusedBytes
        table.remove(slot)
        for direction in Direction.allCases {
            streams[Place(slot: slot, direction: direction)] = nil
        }
    }

    private mutating func noteUncounted(_ slot: Int) {
        guard table.connections[slot].oddities.contains(where: { $0.oddity == .uncountedNumbers })
        else { return }
        for direction in Direction.allCases {
            streams[Place(slot: slot, direction: direction), default: Stream()].isUncounted = true
        }
    }

    private mutating func drain(_ slot: Int) {
        while let event = table.connections[slot].nextEvent(&remembered) {
            switch event {
            case .data(let payload):
                let place = Place(slot: slot, direction: payload.direction)
                deliver(payload.bytes[...], place)
            case .gap(let direction, let length, _):
                require(length > 0, "a gap of \(length) bytes")
                streams[Place(slot: slot, direction: direction), default: Stream()].offset += length
            case .end, .reset: break
            }
        }
        table.connections[slot].oddities = []
        table.connections[slot].conflicts = []
    }

    private mutating func deliver(_ bytes: ArraySlice<UInt8>, _ place: Place) {
        delivered += bytes.count
        var stream = streams[place, default: Stream()]
        for byte in bytes {
            let offset = UInt8(truncatingIfNeeded: stream.offset)
            let base = stream.base ?? byte &- offset
            stream.base = base
            require(
                stream.hasFIN || stream.isUncounted || byte == base &+ offset,
                "byte \(byte) stands at \(base &+ offset)"
            )
            stream.offset += 1
        }
        streams[place] = stream
    }

    /// The segment that a record stands for; each byte of its payload is the low byte of its
    /// sequence number.
    private static func segment(_ record: [UInt8]) -> (TCPSegment, [UInt8]) {
        let isReverse = record[0] & 1 != 0
        let client = endpoint(1, UInt16(50_000 + Int(record[0] >> 6)))
        let server = endpoint(2, 80)
        let shift: [UInt32] = [0, 0x7FFF_FF00, 0xFFFF_FF00, 1 << 25]
        let far = record[0] & 6 == 6 ? shift[Int(record[0] >> 3 & 3)] : 0
        let sequence = (isReverse ? 0xFFFF_FFC0 : 1000) &+ far &+ UInt32(record[1])
        let acknowledgement = (isReverse ? 1000 : 0xFFFF_FFC0) &+ UInt32(record[2])
        let flags = TCPSegment.Flags(rawValue: record[3])
        let length = Int(record[4] & 0x3F)
        let cut = record[4] >> 6 == 3 ? Int(record[5] & 15) : 0
        var segment = Self.template
        segment.source = isReverse ? server : client
        segment.destination = isReverse ? client : server
        segment.sequence = SequenceNumber(sequence)
        segment.acknowledgement = SequenceNumber(acknowledgement)
        segment.flags = flags
        segment.window = UInt16(record[5])
        segment.payload = 0..<length
        segment.wireLength = length + cut
        let first = UInt8(truncatingIfNeeded: segment.payloadSequence.rawValue)
        return (segment, (0..<length).map { first &+ UInt8($0) })
    }

    /// Some segment, of which everything is changed: none is made but from a frame.
    private static let template: TCPSegment = {
        let network: [UInt8] = [0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
        let transport: [UInt8] = [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 0, 0, 0, 0, 0, 0, 0]
        let frame = network + transport
        let outcome = PacketDecoder.decode(
            frame.span,
            linkType: .raw,
            originalLength: frame.count
        )
        guard case .segment(let segment) = outcome else { fatalError("\(outcome)") }
        return segment
    }()

    private static func endpoint(_ host: UInt32, _ port: UInt16) -> Endpoint {
        Endpoint(address: IPAddress(version4: 0x0A00_0000 | host), port: port)
    }
}
