internal import NIOCore

/// A timer whose deadline is put off with every byte: it starts anew only when it has run out, or
/// when the deadline comes nearer.
struct PatientTimer {
    private var task: Scheduled<Void>?
    private var wakesAt = NIODeadline.distantFuture
    private var deadline = NIODeadline.distantFuture

    /// Sets the deadline; `nil` for none.
    ///
    /// - Parameters:
    ///   - deadline: the moment.
    ///   - loop: the loop on which the caller runs.
    ///   - wake: called no later than at the deadline, and maybe before it; it is to call
    ///     ``isOver()``.
    mutating func set(
        _ deadline: NIODeadline?,
        on loop: any EventLoop,
        wake: @escaping () -> Void
    ) {
        self.deadline = deadline ?? .distantFuture
        guard let deadline, task == nil || deadline < wakesAt else { return }
        task?.cancel()
        wakesAt = deadline
        task = loop.assumeIsolated().scheduleTask(deadline: deadline, wake)
    }

    /// Takes note that the timer has woken, and answers whether the deadline is over; if not, it
    /// is to be set again.
    mutating func isOver() -> Bool {
        task = nil
        return NIODeadline.now() >= deadline
    }

    /// Ends it.
    mutating func cancel() {
        task?.cancel()
        task = nil
        deadline = .distantFuture
    }
}
