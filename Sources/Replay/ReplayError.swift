package import CaptureIO

/// Why traffic of a capture cannot be sent again.
package enum ReplayError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The capture cannot be read.
    case unreadable(CaptureError)
    /// A capture that is to be read twice comes from standard input.
    case readTwice
    /// There is no exchange of this number: so many there are.
    case noSuchExchange(Int, count: Int)
    /// There is no exchange of this number on the connection: so many there are.
    case noSuchExchangeOfStream(Int, stream: Int, count: Int)
    /// There is no connection of this number, or only its handshake.
    case noSuchStream(Int)
    /// There is no connection, or only handshakes.
    case nothingSent
    /// The exchange has no request.
    case requestNotCaptured
    /// The capture lacks so many bytes of what is to be sent.
    case gap(Int)
    /// More than is kept was sent.
    case tooLong(limit: Int)
    /// Something was sent behind the sender's own close, which no system does.
    case sentBehindClose

    package var description: String {
        switch self {
        case .unreadable(let error): error.description
        case .readTwice:
            "the capture is read twice where --stream does not name the connection, which standard "
                + "input cannot be"
        case .noSuchExchange(let number, let count):
            "there is no exchange \(number): the capture has \(count)"
        case .noSuchExchangeOfStream(let number, let stream, let count):
            "stream \(stream) has no exchange \(number): it has \(count), counted from 0"
        case .noSuchStream(let stream):
            "the capture has no stream \(stream) with more than a handshake"
        case .nothingSent: "the capture has no connection with more than a handshake"
        case .requestNotCaptured: "the request of this exchange is not in the capture"
        case .gap(let length): "the capture lacks \(length) bytes of what was sent"
        case .tooLong(let limit): "more than \(limit) bytes were sent"
        case .sentBehindClose:
            "the sender sent more behind its own FIN, which no system lets a program do"
        }
    }

    /// Whether what is asked for is not there.
    package var isMissing: Bool {
        switch self {
        case .noSuchExchange, .noSuchExchangeOfStream, .noSuchStream, .nothingSent,
            .requestNotCaptured:
            true
        case .unreadable, .readTwice, .gap, .tooLong, .sentBehindClose: false
        }
    }
}
