internal import Bytes
internal import NIOCore
internal import SystemPackage

/// Why a server could not start to listen.
package enum ServerStartError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another program has the port.
    case addressInUse(HostAndPort)
    /// This user may not listen there.
    case notPermitted(HostAndPort)
    /// The address is none of this machine's, or cannot be resolved.
    case noSuchAddress(HostAndPort)
    /// The system refused for another reason.
    case failed(HostAndPort, String)

    init(_ error: any Error, _ end: HostAndPort) {
        guard let error = error as? IOError else {
            self = error is SocketAddressError ? .noSuchAddress(end) : .failed(end, "\(error)")
            return
        }
        switch Errno(rawValue: error.errnoCode) {
        case .addressInUse: self = .addressInUse(end)
        case .permissionDenied, .notPermitted: self = .notPermitted(end)
        case .addressNotAvailable: self = .noSuchAddress(end)
        default: self = .failed(end, "\(Errno(rawValue: error.errnoCode))")
        }
    }

    package var description: String { EscapedText.escape(sentence) }

    private var sentence: String {
        switch self {
        case .addressInUse(let end):
            "cannot listen on \(end): another program has this port; choose one with --port"
        case .notPermitted(let end):
            "cannot listen on \(end): not permitted; ports below 1024 need privileges"
        case .noSuchAddress(let end):
            "cannot listen on \(end): this machine has no such address"
        case .failed(let end, let reason): "cannot listen on \(end): \(reason)"
        }
    }
}
