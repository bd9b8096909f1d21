/// Where captured frames are kept.
package struct CaptureDestination: Sendable, Hashable {
    /// The name of the file, or what the names of a ring's files are made of.
    package var path: String
    /// The bounds of the ring of files; `nil` where there is one file without end.
    package var ring: CaptureRing.Bounds?

    package init(path: String, ring: CaptureRing.Bounds? = nil) {
        self.path = path
        self.ring = ring
    }
}
