internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

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

        /// Waits at most `milliseconds` until one of `descriptors` is readable, or until it is
        /// interrupted.
        func wait(for descriptors: [Int32], milliseconds: Int) {
            waitOn(descriptors + [readEnd.rawValue], milliseconds: milliseconds)
        }

        /// Waits whether or not it was interrupted.
        func waitOn(_ descriptors: [Int32], milliseconds: Int) {
            var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // Interrupted by a signal or failed, the caller sees that nothing came and decides.
            _ = unsafe poll(&polled, nfds_t(polled.count), Int32(clamping: milliseconds))
        }
    }
}
