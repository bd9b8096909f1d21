package import Peers

/// How an ``HTTPFileServer`` is to run.
package struct HTTPFileServerConfiguration: Sendable {
    /// The address to listen on; loopback only unless told.
    package var address = "127.0.0.1"
    /// The port to listen on; 0 takes any that is free.
    package var port = 8080
    /// How responses are written.
    package var wire = WireMode.standard
    /// How long a request that lacks only its blank line is waited for, after its last byte.
    package var idleTime = Duration.milliseconds(200)
    /// How long a connection may be silent between requests, and otherwise inside one.
    package var inactivityTime = Duration.seconds(60)
    /// How long a closed connection is read from, so that the client gets the last response before
    /// its own bytes could cause a reset (RFC 9112 §9.6).
    package var lingerTime = Duration.seconds(2)
    /// How much one connection may ask.
    package var limits = ServerLimits()
    /// Where the time for the Date field comes from.
    package var clock: @Sendable () -> WallTime = { WallTime.now() }

    /// Creates the default configuration.
    package init() {}
}
