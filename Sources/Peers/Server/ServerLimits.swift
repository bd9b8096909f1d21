/// How much one connection may ask of the server.
package struct ServerLimits: Sendable, Hashable {
    /// The most bytes of a request line and header section, trailers included; more gets 431.
    package var headerSection = 64 << 10
    /// The most bytes of a request's content; more gets 413.
    package var content = 16 << 20
    /// The most requests on one connection; the last is answered with `Connection: close`.
    package var requests = Int.max
    /// The most bytes of a request that are kept for the log.
    package var loggedRequest = 8 << 10

    /// Creates the default limits.
    package init() {}
}
