import CaptureIO
import Support
import Testing

struct UnreadableInputTests {
    @Test func `an empty file is named as such`() throws {
        let reading = try Reading([])
        #expect(reading.error?.kind == .damaged)
        let sentence = try #require(reading.error).description
        #expect(sentence.hasSuffix("is empty: not a capture file"))
    }

    @Test(arguments: [
        (#"GET / HTTP/1.1\r\n"#, [UInt8]("GET / HTTP/1.1\r\n\r\n".utf8)),
        ("ab", [UInt8]("ab".utf8)),
        (#"\x1b[31m red"#, [UInt8]("\u{1B}[31m red".utf8)),
    ])
    func `another kind of file is shown by its first bytes`(
        shown: String,
        bytes: [UInt8]
    ) throws {
        let reading = try Reading(bytes)
        #expect(reading.error?.kind == .damaged)
        let sentence = try #require(reading.error).description
        #expect(sentence.contains("begins with \"\(shown)\", which neither pcap nor pcapng does"))
    }

    @Test(
        arguments: [
            ([0xFD, 0x37, 0x7A, 0x58], "xz"), ([0x42, 0x5A, 0x68, 0x39], "bzip2"),
            ([0x02, 0x21, 0x4C, 0x18], "lz4"),
        ] as [([UInt8], String)]
    )
    func `a file of another compression is told how to be read`(
        beginning: [UInt8],
        program: String
    ) throws {
        let file = try TemporaryFile(beginning + [0, 0, 0, 0])
        let error = Reading(path: file.path).error
        #expect(error == .compressed(path: file.path, program: program))
    }

    @Test func `a file compressed twice is told to be decompressed once`() throws {
        let twice = compress(compress(PcapFileBuilder().file(threeFrames), .zstd), .gzip)
        let file = try TemporaryFile(twice)
        let error = Reading(path: file.path).error
        #expect(error == .compressed(path: file.path, program: "gzip"))
    }

    @Test func `a directory, and a file that is not there, are no input`() {
        #expect(Reading(path: "/tmp").error == .isDirectory(path: "/tmp"))
        #expect(Reading(path: "/tmp").error?.kind.exitCode == 66)
        let absent = "/tmp/httptrace-no-such-file"
        #expect(Reading(path: absent).error == .noSuchFile(path: absent))
        #expect(Reading(path: absent).error?.kind.exitCode == 66)
    }

    @Test func `every error is one sentence that is safe to print`() {
        let name = "evil\u{1B}[2J"
        let errors: [CaptureError] = [
            .noSuchFile(path: name), .isDirectory(path: name), .notReadable(path: name),
            .cannotOpen(path: name, reason: "r"), .tooManyOpenFiles(path: name),
            .cannotFollow(path: name, .gzip), .empty(path: name),
            .foreignFormat(path: name, .capture("c")), .foreignFormat(path: name, .hexDump),
            .unknownFormat(path: name, beginning: [27]), .compressed(path: name, program: "gzip"),
            .damaged(
                path: name,
                offset: 1,
                frame: 1,
                damage: .cutHeader(available: 1, needed: 2)
            ),
            .cannotRead(path: name, offset: 1, frame: 1, reason: "r"),
            .cannotCreate(path: name, reason: "r"), .cannotWrite(path: name, reason: "r"),
            .noSuchInterface(name: name, existing: ["lo"]),
            .interfaceUnavailable(name: name, reason: "r"),
            .captureNotPermitted(interface: name), .interfaceLost(name: name, reason: "r"),
            .noInterfaces(reason: name), .invalidFilter(expression: name, reason: "r"),
        ]
        for error in errors {
            let sentence = error.description
            #expect(sentence.contains("evil\\x1b[2J"))
            #expect(!sentence.contains("\u{1B}") && !sentence.contains("\n"))
            #expect(!sentence.hasSuffix("."))
        }
    }
}
