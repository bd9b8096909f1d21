import ArgumentParser
import Console
import Peers

/// How the bytes are sent, and how the connection is left.
struct SendWire: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Cut a segment behind so many bytes of each message; repeatable, 3,10 too.",
            valueName: "offset"
        )
    )
    var cut: [OffsetList] = []

    @Option(
        help: ArgumentHelp("The most bytes of a segment; 1 sends byte by byte.", valueName: "bytes")
    )
    var segmentSize: Int?

    @Option(
        help: ArgumentHelp("What is waited between segments, such as 10ms.", valueName: "duration")
    )
    var pause: TimeSpan?

    @Flag(help: "Send all messages before any answer is waited for.")
    var pipelined = false

    @Option(
        help: ArgumentHelp(
            """
            How many answers to wait for behind each message; 0 waits for none. Default: as many \
            as it has requests.
            """,
            valueName: "number"
        )
    )
    var answers: Int?

    @Option(
        help: ArgumentHelp(
            """
            Close when all is answered (close); close for sending right behind the last byte \
            (half-close); break the connection when all is answered (reset); or wait until the \
            server closes (server).
            """
        )
    )
    var end = SendEnd.close

    func validate() throws {
        if let segmentSize, segmentSize < 1 {
            throw ValidationError("--segment-size takes 1 or more.")
        }
        if let answers, !(0...1_000_000).contains(answers) {
            throw ValidationError("--answers takes 0 to 1000000.")
        }
    }

    /// Refuses these options where something else says how it is sent.
    func refuse(with other: String) throws {
        let isDefault =
            cut.isEmpty && segmentSize == nil && pause == nil && !pipelined && answers == nil
            && end == .close
        guard isDefault else {
            throw ValidationError(
                "\(other) says itself how it is sent: --cut, --segment-size, --pause, --pipelined, "
                    + "--answers and --end do not go with it."
            )
        }
    }

    /// The bytes of one message as they are to be sent.
    func message(_ bytes: [UInt8]) -> SendPlan.Message {
        var message = SendPlan.Message(
            bytes,
            cuts: Set(cut.flatMap(\.offsets)),
            segmentSize: segmentSize ?? .max,
            pause: pause?.duration ?? .zero
        )
        message.answers = answers ?? message.answers
        return message
    }

    /// All messages as they are to be sent.
    func plan(_ messages: [SendPlan.Message]) -> SendPlan {
        var plan = SendPlan(messages: messages)
        plan.isPipelined = pipelined
        plan.pause = pause?.duration ?? .zero
        plan.end = end
        return plan
    }
}

extension SendEnd: ExpressibleByArgument {}

/// Offsets in a message, separated by commas.
struct OffsetList: ExpressibleByArgument, Sendable {
    let offsets: [Int]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        offsets = parts.compactMap { UInt32($0).map(Int.init) }
        guard offsets.count == parts.count else { return nil }
    }
}
