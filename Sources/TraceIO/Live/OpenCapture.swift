package import CaptureIO

/// A capture with interfaces and files open, and no frame read yet: work that needs rights is done,
/// and work that could be attacked has not begun.
package struct OpenCapture: ~Copyable {
    var live: LiveCaptures
    var copy: FrameCopy
    /// The most bytes that wait between capture and analysis: as many as the kernel's buffer holds.
    let mostBytesWaiting: Int

    /// Opens the interfaces and begins to capture; frames sent from now on are captured.
    ///
    /// - Parameters:
    ///   - options: which frames, and how, of each interface.
    ///   - destination: the files that get the frames too.
    /// - Throws: the error that keeps this user from capturing, or the files from being written.
    package init(
        _ options: [LiveCaptureOptions],
        writingTo destination: CaptureDestination? = nil
    ) throws(CaptureError) {
        let live = try LiveCaptures(options)
        let copy = try FrameCopy(of: live.interfaces, to: destination)
        self.live = live
        self.copy = copy
        mostBytesWaiting = options.map(\.bufferSize).max() ?? 0
    }

    /// Makes the file a user's, where there was none before.
    package func giveFile(to user: UInt32, group: UInt32) throws(CaptureError) {
        try copy.give(to: user, group: group)
    }
}
