internal import Bytes
package import Findings

/// One end of a connection, as transcripts write it.
package enum WireSide: String, Sendable, Hashable {
    case client = "C"
    case server = "S"
}

/// What a parser said, in a form that does not depend on how its bytes were cut.
package enum WireEvent: Sendable, Hashable {
    /// A message begins at this offset of the stream; said with its head.
    case begin(Int)
    /// The parts of the start line.
    case head([UInt8])
    /// A field line: name and value as the parser took them apart.
    case field([UInt8])
    /// A field line of the trailer section.
    case trailer([UInt8])
    case content([UInt8])
    case finding(Finding)
    case end(complete: Bool)
    case unclaimed(Int)
    /// So many unclaimed bytes were taken back into a message.
    case reclaimed(Int)
    case switched
    /// The parser contradicts itself; no transcript expects it.
    case broken(String)

    /// The event as a line of a transcript has it, without the side.
    package var text: String {
        switch self {
        case .begin(let offset): "begin \(offset)"
        case .head(let line): "head " + Self.escape(line)
        case .field(let line): "field " + Self.escape(line)
        case .trailer(let line): "trailer " + Self.escape(line)
        case .content(let bytes): "content \(bytes.count) " + Self.escape(bytes)
        case .finding(let finding): Self.text(of: finding)
        case .end(let complete): complete ? "end complete" : "end incomplete"
        case .unclaimed(let count): "unclaimed \(count)"
        case .reclaimed(let count): "reclaimed \(count)"
        case .switched: "switched"
        case .broken(let message): "BROKEN " + message
        }
    }

    /// A finding as a transcript writes it.
    package static func text(of finding: Finding) -> String {
        let place = finding.bytes.map { " \($0.lowerBound)+\($0.count)" } ?? ""
        let times = finding.occurrences > 1 ? " x\(finding.occurrences)" : ""
        return "finding " + finding.code.rawValue + place + times
    }

    /// Long parts are shortened in the middle.
    private static func escape(_ bytes: [UInt8]) -> String {
        guard bytes.count > 80 else { return EscapedText.escape(bytes.span) }
        let ends = [Array(bytes.prefix(30)), Array(bytes.suffix(30))]
        return ends.map { EscapedText.escape($0.span) }.joined(separator: "[\(bytes.count - 60)]")
    }
}

/// The events of both sides, adjacent ones of one kind merged.
package struct WireLog: Sendable, Hashable {
    /// An event and the side whose bytes it is about.
    package struct Entry: Sendable, Hashable {
        package var side: WireSide
        package var event: WireEvent

        /// The entry as a transcript writes it.
        package var line: String { side.rawValue + " " + event.text }
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    /// What a transcript expects, line by line.
    package var lines: [String] { entries.map(\.line) }

    package mutating func append(_ event: WireEvent, _ side: WireSide) {
        if let last = entries.last, last.side == side {
            switch (last.event, event) {
            case (.content(let earlier), .content(let later)):
                entries[entries.count - 1].event = .content(earlier + later)
                return
            case (.unclaimed(let earlier), .unclaimed(let later)):
                entries[entries.count - 1].event = .unclaimed(earlier + later)
                return
            default: break
            }
        }
        entries.append(Entry(side: side, event: event))
    }
}
