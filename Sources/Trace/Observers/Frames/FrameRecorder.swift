import Findings
import HTTPWire
import Packets
import Reassembly

/// Notes what becomes of the frames that somebody asked about.
///
/// There is none where nobody asked. Where a byte went is told by its place in its sender's stream:
/// a segment knows its own, and every message says where it began and ended. The rest is putting
/// the two together.
struct FrameRecorder: Sendable {
    /// One direction of a connection, by what its sender sends.
    struct Flow: Hashable, Sendable {
        var stream: Int
        var direction: Direction
    }

    /// A message that is over, where it lay in its sender's stream.
    struct MessageRecord: Sendable {
        var begin: Int
        /// The length of its head, and of all of it, in bytes on the wire.
        var headLength: Int
        var length: Int
    }

    /// A message that is being read.
    struct OpenMessage: Sendable {
        var begin: Int
        var headLength: Int
        var firstFrame: Int
        var startLine: [UInt8]
    }

    /// A frame that was asked about and seen.
    struct Story: Sendable {
        var explanation: FrameExplanation
        var fragmentKey: Fragment.Key?
        var flow: Flow?
        /// The parts of its payload's place in the stream that were delivered or came again.
        var fates: [(range: Range<Int>, fate: PayloadPiece.Fate)] = []
        /// The parts of it that are content of a message.
        var contents: [Range<Int>] = []
        var messages: [MessageRecord] = []
    }

    private let frames: Set<Int>
    var stories: [Story] = []

    /// The story of the frame that is being looked at, where it was asked about.
    var current: Int?
    /// The stories of each flow.
    private var interests: [Flow: [Int]] = [:]
    /// The message that is being read of each flow.
    private var open: [Flow: OpenMessage] = [:]
    /// Which frames the latest bytes of each flow came in.
    private var histories: [Flow: SegmentHistory] = [:]

    init(frames: Set<Int>) { self.frames = frames }

    /// Begins with the next frame of the capture; answers whether it was asked about.
    mutating func begin(_ number: Int) -> Bool {
        current = nil
        return frames.contains(number)
    }

    /// Begins the story of a frame.
    mutating func begin(_ explanation: FrameExplanation) {
        current = stories.count
        stories.append(Story(explanation: explanation))
    }

    /// Takes note that the frame is a piece of an IP packet.
    mutating func note(_ fragment: Fragment) {
        guard let current else { return }
        stories[current].explanation.content = .fragment(completedIn: nil)
        stories[current].fragmentKey = fragment.key
    }

    /// Takes note that a fragmented IP packet has become whole.
    mutating func noteWhole(_ key: Fragment.Key, in number: Int) {
        for index in stories.indices where stories[index].fragmentKey == key {
            stories[index].fragmentKey = nil
            if index != current {
                stories[index].explanation.content = .fragment(completedIn: number)
            }
        }
    }

    /// Takes note of why a frame has no segment.
    mutating func note(_ stop: DecodeStop) {
        if let current { stories[current].explanation.content = .stopped(stop) }
    }

    /// Takes note of a segment, of where its payload lies, and of what came before it.
    mutating func note(_ segment: SegmentExplanation, _ flow: Flow, frame: Int) {
        let range = segment.streamRange
        if let current {
            var segment = segment
            let history = histories[flow]
            segment.fillsHole = history?.hasBytes(behind: range.upperBound) ?? false
            stories[current].flow = flow
            stories[current].explanation.content = .segment(segment)
            stories[current].fates = history?.repeats(in: range) ?? []
            interests[flow, default: []].append(current)
        }
        if !range.isEmpty { histories[flow, default: SegmentHistory()].add(range, frame) }
    }

    /// Takes note that bytes of a frame were delivered, or came too late for that.
    mutating func noteFate(
        _ fate: PayloadPiece.Fate,
        of range: Range<Int>,
        _ flow: Flow,
        frame: Int
    ) {
        for index in interests[flow] ?? []
        where stories[index].explanation.frame.number == frame {
            stories[index].fates.append((range, fate))
        }
    }

    /// Takes note of the head of a message.
    mutating func noteHead(_ flow: Flow, _ message: OpenMessage) { open[flow] = message }

    /// Takes note of content of the message at hand.
    mutating func noteContent(_ flow: Flow, _ range: Range<Int>) {
        for index in interests[flow] ?? [] {
            guard case .segment(let segment) = stories[index].explanation.content else { continue }
            let part = range.clamped(to: segment.streamRange)
            if !part.isEmpty { stories[index].contents.append(part) }
        }
    }

    /// Takes note of the end of the message at hand.
    mutating func noteEnd(_ flow: Flow, _ role: MessageRole, length: Int, isComplete: Bool) {
        guard let message = open.removeValue(forKey: flow) else { return }
        let range = message.begin..<message.begin + length
        if let current, case .segment(var segment) = stories[current].explanation.content,
            stories[current].flow?.stream == flow.stream,
            stories[current].flow != flow || !range.overlaps(segment.streamRange)
        {
            segment.ended.append(
                EndedMessage(
                    role: role,
                    firstFrame: message.firstFrame,
                    startLine: message.startLine,
                    isComplete: isComplete
                )
            )
            stories[current].explanation.content = .segment(segment)
        }
        for index in interests[flow] ?? [] {
            guard case .segment(let segment) = stories[index].explanation.content,
                range.overlaps(segment.streamRange)
            else { continue }
            stories[index].messages.append(
                MessageRecord(
                    begin: message.begin,
                    headLength: message.headLength,
                    length: length
                )
            )
        }
    }

    /// Whether frames of the stream were asked about.
    func isInterested(in stream: Int) -> Bool {
        interests[Flow(stream: stream, direction: .forward)] != nil
            || interests[Flow(stream: stream, direction: .backward)] != nil
    }

    /// The stories of a flow.
    func stories(of flow: Flow) -> [Int] { interests[flow] ?? [] }

    /// Forgets a stream that is over.
    mutating func forget(_ stream: Int) {
        for direction in Direction.allCases {
            let flow = Flow(stream: stream, direction: direction)
            open[flow] = nil
            histories[flow] = nil
        }
    }
}

/// Which frames the latest bytes of one direction came in.
struct SegmentHistory: Sendable {
    /// How many segments are remembered at least: more than any window has.
    private static let limit = 8192

    private var segments: [(range: Range<Int>, frame: Int)] = []

    mutating func add(_ range: Range<Int>, _ frame: Int) {
        if segments.count == 2 * Self.limit { segments.removeFirst(Self.limit) }
        segments.append((range, frame))
    }

    /// Whether bytes from `offset` on came.
    func hasBytes(behind offset: Int) -> Bool {
        segments.contains { $0.range.lowerBound >= offset }
    }

    /// The parts of `range` that came before, each with the frame that brought it first.
    func repeats(in range: Range<Int>) -> [(range: Range<Int>, fate: PayloadPiece.Fate)] {
        var repeats: [(range: Range<Int>, fate: PayloadPiece.Fate)] = []
        var rest = [range]
        for segment in segments where !rest.isEmpty {
            var left: [Range<Int>] = []
            for part in rest {
                let known = part.clamped(to: segment.range)
                if known.isEmpty {
                    left.append(part)
                    continue
                }
                repeats.append((known, .repeated(of: segment.frame)))
                if part.lowerBound < known.lowerBound {
                    left.append(part.lowerBound..<known.lowerBound)
                }
                if known.upperBound < part.upperBound {
                    left.append(known.upperBound..<part.upperBound)
                }
            }
            rest = left
        }
        return repeats
    }
}
