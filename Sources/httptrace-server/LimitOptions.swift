import ArgumentParser
import Console
import PeerTransport

/// How much clients may ask of the server, and how long they may take.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The most connections at once. One more takes the place of an idle one, or gets 503.",
            valueName: "count"
        )
    )
    var maxConnections = 10_000

    @Option(
        help: ArgumentHelp(
            "The most requests on one connection; 0 for no limit.",
            valueName: "count"
        )
    )
    var maxRequests = 0

    @Option(
        help: ArgumentHelp(
            "The most bytes of a request line and header section; more gets 431 or 414.",
            valueName: "bytes"
        )
    )
    var maxHeader = 65_536

    @Option(
        help: ArgumentHelp("The most bytes of content; more gets 413.", valueName: "bytes")
    )
    var maxContent = 16_777_216

    @Option(
        help: ArgumentHelp(
            "The most bytes of content under way, of all clients together; more gets 503.",
            valueName: "bytes"
        )
    )
    var maxBuffered = 268_435_456

    @Option(
        help: ArgumentHelp(
            "How long a connection may be open before its first byte.",
            valueName: "duration"
        )
    )
    var firstByteTime = TimeSpan(.seconds(60))

    @Option(
        help: ArgumentHelp(
            "How long a request may be silent, and how long a client may take nothing.",
            valueName: "duration"
        )
    )
    var betweenBytesTime = TimeSpan(.seconds(60))

    @Option(
        help: ArgumentHelp(
            "How long a request may take from its first byte to its last.",
            valueName: "duration"
        )
    )
    var requestTime = TimeSpan(.seconds(300))

    @Option(
        help: ArgumentHelp(
            "How long a connection may be idle between requests.",
            valueName: "duration"
        )
    )
    var keepAliveTime = TimeSpan(.seconds(60))

    @Option(
        help: ArgumentHelp(
            "How long requests that are under way may go on after SIGINT or SIGTERM.",
            valueName: "duration"
        )
    )
    var grace = TimeSpan(.seconds(5))

    func validate() throws {
        for (name, value) in [
            ("--max-connections", maxConnections), ("--max-header", maxHeader),
            ("--max-content", maxContent + 1), ("--max-requests", maxRequests + 1),
            ("--max-buffered", maxBuffered + 1),
        ] where value < 1 {
            throw ValidationError("\(name) is too small")
        }
    }

    /// Puts the limits into `configuration`.
    func apply(to configuration: inout HTTPFileServerConfiguration) {
        configuration.connections = maxConnections
        configuration.limits.requests = maxRequests == 0 ? .max : maxRequests
        configuration.limits.headerSection = maxHeader
        configuration.limits.content = maxContent
        configuration.bufferedContent = maxBuffered
        configuration.firstByteTime = firstByteTime.duration
        configuration.betweenBytesTime = betweenBytesTime.duration
        configuration.requestTime = requestTime.duration
        configuration.keepAliveTime = keepAliveTime.duration
    }
}
