import Peers
import Testing

@Suite struct ScriptReaderTests {
    static let steps: [(text: String, steps: [ScriptStep])] = [
        ("> a\\r\\n\n> b", [.send(Array("a\r\nb".utf8))]),
        ("> a\n\n# c\n> b", [.send(Array("ab".utf8))]),
        ("> a\ncut\n>b\r\n", [.send(Array("a".utf8)), .send(Array("b".utf8))]),
        (">  a \n", [.send(Array(" a ".utf8))]),
        ("< a\n< b\n> c\n", [.expect(.bytes(Array("ab".utf8))), .send(Array("c".utf8))]),
        ("> a\nfill 3 xy\n> b", [.send(Array("axyxyxyb".utf8))]),
        (
            "drip 2 10ms\n> abc",
            [.drip(Array("abc".utf8), size: 2, interval: .milliseconds(10))]
        ),
        (
            "expect request # one\nexpect response\nexpect 57 bytes\nexpect 1 byte",
            [
                .expect(.message(.request)), .expect(.message(.response)), .expect(.count(57)),
                .expect(.count(1)),
            ]
        ),
        (
            "expect until \\r\\n\\r\\n\nexpect anything\nexpect silence 0.2s\nexpect end",
            [
                .expect(.until(Array("\r\n\r\n".utf8))), .expect(.anything),
                .expect(.silence(.milliseconds(200))), .expect(.end),
            ]
        ),
        (
            "pause 1s\nloop\n> a\nagain 2\nagain",
            [
                .pause(.seconds(1)), .loop, .send([0x61]), .again(times: 2), .again(times: nil),
            ]
        ),
        ("half-close\nexpect reset\nclose", [.halfClose, .expect(.reset), .close]),
        ("> a\nreset", [.send([0x61]), .reset]),
    ]

    @Test(arguments: steps)
    func `a script says step by step what is done`(text: String, steps: [ScriptStep]) throws {
        #expect(try ScriptReader.read(Array(text.utf8)).sections == [steps])
    }

    @Test(arguments: steps)
    func `a script that is written reads back as it was`(
        text: String,
        steps: [ScriptStep]
    ) throws {
        let script = Script(sections: [steps, [.expect(.until([0x20, 0x20])), .close]])
        #expect(try ScriptReader.read(Array(script.text.utf8)) == script)
    }

    @Test func `each connection has its part, and the last is for all further ones`() throws {
        let text = "connection\nclose\nconnection\n> a\nconnection\nreset\n"
        let script = try ScriptReader.read(Array(text.utf8))
        #expect(
            (0..<4).map { script.section($0) } == [[.close], [.send([0x61])], [.reset], [.reset]]
        )
    }

    @Test(arguments: [
        ("> a\nexpext end", 2, 1, ScriptError.Problem.unknownWord("expext")),
        ("expect nothing", 1, 8, .unknownExpectation("nothing")),
        ("expect", 1, 7, .unknownExpectation("")),
        ("expect 5 words", 1, 8, .unknownExpectation("5")),
        ("  expect 0 bytes", 1, 10, .noNumber("0")),
        ("expect silence", 1, 15, .noDuration("")),
        ("pause ever", 1, 7, .noDuration("ever")),
        ("> é\\q", 1, 4, .unknownEscape),
        ("expect until", 1, 13, .nothingToExpect),
        ("close now", 1, 7, .tooMuch("now")),
        ("drip 1 1s\npause 1s", 1, 1, .noPieces),
        ("fill 99999999 abcdefgh", 1, 1, .tooLong(limit: ScriptReader.segmentLimit)),
        ("loop\nagain", 2, 1, .endlessLoop),
        ("close\n> a", 2, 1, .afterTheEnd), ("half-close\n> a", 2, 1, .afterTheEnd),
        ("> a\nagain\nclose", 3, 1, .afterTheEnd), ("# a\n\n", 1, 1, .empty),
    ])
    func `a mistake is told by its line and column`(
        text: String,
        line: Int,
        column: Int,
        problem: ScriptError.Problem
    ) {
        let error = #expect(throws: ScriptError.self) { try ScriptReader.read(Array(text.utf8)) }
        #expect(error?.problem == problem)
        #expect(error?.description.hasPrefix("line \(line), column \(column): ") == true)
    }
}
