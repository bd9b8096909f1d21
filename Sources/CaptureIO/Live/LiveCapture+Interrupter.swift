internal import Synchronization
internal import SystemPackage

extension LiveCapture {
    /// Ends the waiting of a capture from another thread or a signal handler.
    ///
    /// It stays interrupted: reads then lend what is there and wait no more, so that a capture is
    /// drained by reading until nothing comes.
    package final class Interrupter: Sendable {
        private let flag = Atomic(false)
        private let readEnd: FileDescriptor
        private let writeEnd: FileDescriptor

        /// Creates one that nobody has interrupted.
        ///
        /// - Throws: ``CaptureError/interfaceUnavailable(name:reason:)`` when no file descriptor is
        ///   left; `interface` names what it is for.
        init(for interface: String) throws(CaptureError) {
            do throws(Errno) {
                (readEnd, writeEnd) = try systemCall { try FileDescriptor.pipe() }
            } catch {
                throw .interfaceUnavailable(name: interface, reason: error.description)
            }
        }

        deinit {
            try? readEnd.close()
            try? writeEnd.close()
        }

        /// What becomes readable when interrupted.
        var descriptor: Int32 { readEnd.rawValue }

        /// Whether ``interrupt()`` was called.
        package var isInterrupted: Bool { flag.load(ordering: .acquiring) }

        /// Wakes a waiting read, and keeps later ones from waiting.
        ///
        /// It may be called any number of times; it takes no lock and allocates nothing.
        package func interrupt() {
            guard !flag.exchange(true, ordering: .acquiringAndReleasing) else { return }
            // One byte in an empty pipe neither blocks nor fails.
            let byte: InlineArray<1, UInt8> = [1]
            unsafe byte.span.withUnsafeBytes { bytes in
                _ = unsafe try? writeEnd.write(bytes)
            }
        }
    }
}
