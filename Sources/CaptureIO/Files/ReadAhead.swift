internal import Dispatch
internal import Synchronization
internal import SystemPackage

/// Reads the next pieces of a file on another thread while those before are looked at: half of the
/// time that large responses take is the copy out of the kernel.
///
/// Two pieces go round. The semaphore counts those that are full, and one that was taken is filled
/// again, so that the two threads are never at the same piece; the locks are for the compiler.
final class ReadAhead: Sendable {
    /// Has a piece of work done on another thread, one after the other.
    typealias Runner = @Sendable (@escaping @Sendable () -> Void) -> Void

    /// A piece of the file.
    struct Piece: ~Copyable, Sendable {
        /// How many bytes are read at a time.
        static let size = 448 << 10
        /// How many bytes are free in front, for what is unread of the piece before.
        static let headroom = ReadWindow.ordinaryCapacity - size

        var memory = WindowMemory(capacity: ReadWindow.ordinaryCapacity)
        /// How many bytes were read; 0 at the end of the file.
        var count = 0
        /// What the system says when it cannot read.
        var error: Errno?

        /// Reads what is next.
        mutating func fill(from file: FileDescriptor) {
            let room = unsafe UnsafeMutableRawBufferPointer(
                start: memory.base + Self.headroom,
                count: Self.size
            )
            do throws(Errno) {
                count = try systemCall { unsafe try file.read(into: room) }
            } catch {
                self.error = error
            }
        }
    }

    private let file: FileDescriptor
    private let run: Runner
    private let even = Mutex(Piece())
    private let odd = Mutex(Piece())
    private let full = DispatchSemaphore(value: 0)
    private let filled = Atomic(0)
    private let taken = Atomic(0)

    /// Begins to read where `file`, which it closes, stands.
    init(_ file: FileDescriptor, _ run: @escaping Runner) {
        self.file = file
        self.run = run
        for _ in 0..<2 { requestPiece() }
    }

    deinit { try? file.close() }

    /// Waits for the next piece, and takes it for one that is not needed any more.
    func next(_ piece: inout Piece) {
        full.wait()
        let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        if number & 1 == 0 {
            even.withLock { swap(&$0, &piece) }
        } else {
            odd.withLock { swap(&$0, &piece) }
        }
        requestPiece()
    }

    private func requestPiece() {
        run { [self] in
            let number = filled.wrappingAdd(1, ordering: .relaxed).oldValue
            if number & 1 == 0 {
                even.withLock { $0.fill(from: file) }
            } else {
                odd.withLock { $0.fill(from: file) }
            }
            full.signal()
        }
    }
}
