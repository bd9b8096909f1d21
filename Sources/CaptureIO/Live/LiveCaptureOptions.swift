/// What to capture, and how.
package struct LiveCaptureOptions: Sendable, Hashable {
    /// The interface's name; `nil` is loopback.
    package var interface: String?
    /// The expression (pcap-filter(7)) that frames must match; `nil` is all frames.
    package var filter: String?
    /// The most bytes of a frame to capture.
    ///
    /// The default is more than any frame has, those that segmentation offload makes on loopback
    /// among them.
    package var snapshotLength = 262_144
    /// Bytes of kernel memory for frames that nobody has read yet.
    package var bufferSize = 67_108_864
    /// Milliseconds that the kernel may collect frames before they can be read, 1 to 1000.
    ///
    /// Without any (``isImmediate``) Linux falls back to an older ring buffer that drops most frames
    /// under load.
    package var timeout = 20
    /// Whether frames can be read the moment they come, which suits a filter that lets few through.
    package var isImmediate = false
    /// Whether to see frames that are for other machines, as a bridge or a mirror port carries them;
    /// loopback has none.
    package var isPromiscuous = true

    /// Options for `interface` and `filter`, the others at their defaults.
    package init(interface: String? = nil, filter: String? = nil) {
        self.interface = interface
        self.filter = filter
    }
}
