import Peers
import Testing

@Suite struct SendPlanTests {
    private static let request = Array("GET / HTTP/1.1\r\nHost: hh\r\n\r\n".utf8)

    @Test(
        arguments: [
            ([], Int.max, [28]), ([3, 10], .max, [3, 7, 18]), ([], 10, [10, 10, 8]),
            ([4], 10, [4, 10, 10, 4]), ([0, 28, 99], .max, [28]), ([], 28, [28]),
        ] as [(Set<Int>, Int, [Int])]
    )
    func `segments end where they are cut`(cuts: Set<Int>, size: Int, lengths: [Int]) {
        let message = SendPlan.Message(Self.request, cuts: cuts, segmentSize: size)
        let segments = message.steps.compactMap { step in
            if case .send(let bytes) = step { bytes } else { nil }
        }
        #expect(segments.map(\.count) == lengths)
        #expect(segments.flatMap { $0 } == Self.request)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", 1), ("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n", 2),
        ("POST / HTTP/1.1\r\nHost: h\r\n", 1), ("no request at all", 1), ("", 0),
    ])
    func `a message gets as many answers as it has requests`(text: String, count: Int) {
        #expect(SendPlan.Message(Array(text.utf8)).answers == count)
    }

    @Test func `the next message is sent when the one before is answered, or at once`() {
        let message = SendPlan.Message([0x61], pause: .seconds(1))
        var plan = SendPlan(messages: [message, message])
        let answer = ScriptStep.expect(.message(.response))
        #expect(plan.steps == [.send([0x61]), answer, .send([0x61]), answer])
        plan.isPipelined = true
        plan.pause = .seconds(2)
        #expect(
            plan.steps == [.send([0x61]), .pause(.seconds(2)), .send([0x61]), answer, answer]
        )
    }

    @Test(arguments: [
        (SendEnd.close, [ScriptStep.send([0x61]), .expect(.message(.response))]),
        (.halfClose, [.send([0x61]), .halfClose, .expect(.message(.response)), .expect(.end)]),
        (.reset, [.send([0x61]), .expect(.message(.response)), .reset]),
        (.server, [.send([0x61]), .expect(.message(.response)), .expect(.end)]),
    ])
    func `the connection is left as asked for`(end: SendEnd, steps: [ScriptStep]) {
        var plan = SendPlan(messages: [SendPlan.Message([0x61])])
        plan.end = end
        #expect(plan.steps == steps)
    }
}
