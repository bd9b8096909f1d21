import Packets
import Support

/// Capture files of hostile traffic.
enum HostileCapture {
    /// Every byte in every place.
    static let everyByte = conversations(HostilePiece.everyByte.map(\.bytes))
    /// Every sequence in every place.
    static let sequences = conversations(HostilePiece.sequences.map(\.bytes))

    /// Some of the sequences in each place, other ones in the next, all of them in some place; with
    /// `ending` behind each, so that captures can differ in every exchange.
    static func some(ending: [UInt8]) -> [BuiltFrame] {
        let count = HostilePiece.sequences.count
        let parts = HostilePlace.all.enumerated().flatMap { index, place in
            stride(from: index % 9, to: count, by: 9).map { number in
                place.sent(HostilePiece.sequences[number].bytes + ending)
            }
        }
        return parts.enumerated().flatMap { conversation($1, number: $0, segmentSize: 1460) }
    }

    /// What chance puts into the places, and where chance cuts it into segments.
    static func random(seed: UInt64, count: Int) -> [BuiltFrame] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).flatMap { number in
            let place = HostilePlace.all[
                Int.random(in: HostilePlace.all.indices, using: &generator)
            ]
            var sent = place.sent(HostilePiece.random(using: &generator))
            // Somewhere else as well, wherever that is.
            let index = Int.random(in: sent.indices, using: &generator)
            let offset = Int.random(in: 0...sent[index].bytes.count, using: &generator)
            sent[index].bytes.insert(
                contentsOf: HostilePiece.random(using: &generator),
                at: offset
            )
            let size = Int.random(in: 1...200, using: &generator)
            return conversation(sent, number: number, segmentSize: size)
        }
    }

    /// A file in pcap.
    static func file(_ frames: [BuiltFrame]) -> [UInt8] { PcapFileBuilder().file(frames) }

    /// A file in pcapng whose section, interface and frames have options that hold the pieces too.
    static func file(_ frames: [BuiltFrame], describedBy pieces: [HostilePiece]) -> [UInt8] {
        typealias Option = PcapngFileBuilder.Option
        // Comment, hardware, system and application of the section; name and description of the
        // interface, filter, system and hardware.
        let ofSection = pieces.flatMap { piece in [1, 2, 3, 4].map { Option($0, piece.bytes) } }
        let ofInterface = pieces.flatMap { piece in
            [1, 2, 3, 11, 12, 15].map { Option($0, piece.bytes) }
        }
        var file = PcapngFileBuilder()
        file.section(options: ofSection)
        file.interface(.ethernet, options: [Option(9, [9])] + ofInterface)
        for (index, frame) in frames.enumerated() {
            let comment = index < pieces.count ? [Option(1, pieces[index].bytes)] : []
            file.packet(frame, options: comment)
        }
        return file.bytes
    }

    private static func conversations(_ pieces: [[UInt8]]) -> [BuiltFrame] {
        var frames: [BuiltFrame] = []
        var number = 0
        for place in HostilePlace.all {
            for piece in pieces {
                frames += conversation(place.sent(piece), number: number, segmentSize: 1460)
                number += 1
            }
        }
        return frames
    }

    private static func conversation(
        _ sent: [HostilePlace.Sent],
        number: Int,
        segmentSize: Int
    ) -> [BuiltFrame] {
        let start: Int64 = 1_700_000_000_000_000_000
        let client = IPAddress(version4: 0x0A00_0000 + UInt32(number / 50_000))
        var builder = ConversationBuilder(
            client: Endpoint(address: client, port: UInt16(10_000 + number % 50_000)),
            start: Timestamp(nanoseconds: start + Int64(number) * 1_000_000)
        )
        // Nobody looks at checksums here, and to make them takes most of the time.
        builder.client.hasChecksums = false
        builder.server.hasChecksums = false
        builder.interval = 10_000
        builder.segmentSize = segmentSize
        for part in sent { builder.send(part.bytes, from: part.side) }
        builder.finish(from: .server)
        return builder.frames
    }
}
