package import Peers

/// How an ``HTTPFileServer`` is to run.
package struct HTTPFileServerConfiguration: Sendable {
    /// The address to listen on; loopback only unless told.
    package var address = "127.0.0.1"
    /// The port to listen on; 0 takes any that is free.
    package var port = 8080
    /// The names that it answers as, besides its address and localhost; a web page of another name
    /// could be anybody's.
    package var allowedHosts: [String] = []
    /// How responses are written.
    package var wire = WireMode.standard
    /// Whether files may be changed; the report's wire mode always lets them be.
    package var isWritable = true
    /// Whether a folder without an index is shown as a list.
    package var listsFolders = true
    /// How long a request that lacks only its blank line is waited for, after its last byte.
    package var idleTime = Duration.milliseconds(200)
    /// How long a connection may be open before the first byte of its first request.
    package var firstByteTime = Duration.seconds(60)
    /// How long a request may be silent once it has begun, and how long a client may take nothing
    /// of what is sent.
    package var betweenBytesTime = Duration.seconds(60)
    /// How long a request may take from its first byte to its end.
    package var requestTime = Duration.seconds(300)
    /// How long a connection may be idle between two requests.
    package var keepAliveTime = Duration.seconds(60)
    /// How long a closed connection is read from, so that the client gets the last response before
    /// its own bytes could cause a reset (RFC 9112 §9.6).
    package var lingerTime = Duration.seconds(2)
    /// The most connections at once; one more takes the place of an idle one, or else gets 503.
    package var connections = 10_000
    /// The most bytes of content of requests under way that are kept in memory, all connections
    /// taken together; a request that brings more gets 503.
    package var bufferedContent = 256 << 20
    /// How much one connection may ask.
    package var limits = ServerLimits()
    /// Where what was asked and answered is written to; `nil` for nowhere.
    package var requestLog: RequestLog?
    /// Where the time for the Date field comes from.
    package var clock: @Sendable () -> WallTime = { WallTime.now() }

    /// Creates the default configuration.
    package init() {}
}
