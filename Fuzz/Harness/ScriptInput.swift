import Peers

/// A script: it is refused with a place in it, or it reads the same once it is written out, and can
/// be played to an end.
struct ScriptInput {
    /// The most bytes that a script may send for it to be written out here.
    private static let longest = 1 << 16

    private let text: [UInt8]

    init(_ text: [UInt8]) { self.text = text }

    func check() {
        let script: Script
        do throws(ScriptError) {
            script = try ScriptReader.read(text)
        } catch {
            require(error.line >= 1 && error.column >= 1, "no such place: \(error)")
            return
        }
        for steps in script.sections { play(steps) }
        guard script.sections.allSatisfy({ $0.reduce(0) { $0 + $1.sentLength } < Self.longest })
        else { return }
        let written = script.text
        do throws(ScriptError) {
            let again = try ScriptReader.read(Array(written.utf8))
            require(again == script, "the script is another once it is written:\n\(written)")
        } catch {
            fatalError("the script cannot be read once it is written: \(error)\n\(written)")
        }
    }

    private func play(_ steps: [ScriptStep]) {
        var player = ScriptPlayer(steps)
        let answers = Array(
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naGET / HTTP/1.1\r\n\r\n".utf8
        )
        for round in 0..<200 {
            switch player.nextAction() {
            case .send, .pause, .halfClose: break
            case .receive:
                switch round % 8 {
                case 5: player.inputEnded()
                case 6: player.timeIsUp(.seconds(1))
                default: player.receive(answers.span)
                }
            case .close, .reset: return
            }
        }
    }
}

extension ScriptStep {
    fileprivate var sentLength: Int {
        switch self {
        case .send(let bytes), .drip(let bytes, _, _): bytes.count
        case .loop, .again, .expect, .pause, .halfClose, .close, .reset: 0
        }
    }
}
