/// How segments are put in order.
package struct ReassemblyOptions: Sendable, Hashable {
    /// Which bytes are taken where segments that wait for others overlap.
    package var overlap = OverlapPolicy.first

    /// The most memory, in bytes, that one connection takes for segments behind a hole that nothing
    /// proves to be a gap, 64 MiB by default: about what the largest windows in use leave in flight.
    package var bytesToHold = 64 << 20

    package init(overlap: OverlapPolicy = .first) { self.overlap = overlap }
}
