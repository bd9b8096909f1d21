import Bytes
import Peers

/// Drives a server session without a socket, and keeps everything that it does.
struct Conversation {
    static let time = WallTime(secondsSinceEpoch: 1_651_564_662, offsetFromUTC: 32_400)

    private(set) var session: ServerSession
    private(set) var sent: [UInt8] = []
    /// How many bytes were sent from open files.
    private(set) var sentFromFiles = 0
    private(set) var requests: [FileRequest] = []
    private(set) var log: [ServerLogEntry] = []
    private(set) var isClosed = false
    private let answer: (FileRequest) -> Answer

    /// Without a service, every request that reaches it is answered 200 with its method.
    init(
        wire: WireMode = .standard,
        limits: ServerLimits = ServerLimits(),
        hosts: ServedHosts = .everything,
        answer: @escaping (FileRequest) -> Answer = { Answer(file: $0.method + [.lineFeed]) }
    ) {
        session = ServerSession(
            encoder: ResponseEncoder(wire: wire),
            limits: limits,
            hosts: hosts
        )
        self.answer = answer
    }

    var sentText: String { String(decoding: sent, as: UTF8.self) }

    /// The status codes of what was sent.
    var statuses: [Int] {
        sent.split(separator: .lineFeed).compactMap { line in
            let words = line.split(separator: .space)
            guard words.count > 1, words[0].starts(with: "HTTP/".utf8) else { return nil }
            return Int(String(decoding: words[1], as: UTF8.self))
        }
    }

    mutating func receive(_ text: String) {
        receive(Array(text.utf8)[...])
    }

    mutating func receive(_ bytes: ArraySlice<UInt8>) {
        session.receive(bytes.span)
        run()
    }

    mutating func silence() {
        session.silence()
        run()
    }

    mutating func inputEnded() {
        session.inputEnded()
        run()
    }

    mutating func timeOut() {
        session.timeOut(at: Self.time)
        run()
    }

    mutating func finish() {
        session.finish()
        run()
    }

    private mutating func run() {
        while let action = session.nextAction(at: Self.time) {
            switch action {
            case .perform(let request):
                requests.append(request)
                session.answer(answer(request))
            case .send(let bytes): sent += bytes
            case .sendFile(_, let range): sentFromFiles += range.count
            case .log(let entry): log.append(entry)
            case .close: isClosed = true
            }
        }
    }
}

/// All the ways to deliver `bytes`: whole, byte by byte, and in two pieces cut at every place.
func deliveries(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
    let single = bytes.indices.map { bytes[$0..<$0 + 1] }
    let halves = bytes.indices.dropFirst().map { [bytes[..<$0], bytes[$0...]] }
    return [[bytes[...]], single] + halves
}
