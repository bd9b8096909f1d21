internal import Dispatch
import Synchronization
import Trace

/// Hands batches of exchanges from the thread that traces to the one that renders, in order, and
/// emptied ones back.
///
/// Both walk round the same few places, each swapping what it has for what is there. Semaphores
/// count the places that are full and those that are not, so that only one of the two is ever at a
/// place; the lock is held for the swap alone.
final class ResultHandover: Sendable {
    /// What is to become of a batch.
    enum Wish: Sendable {
        /// To be rendered, and written sooner or later.
        case render
        /// To be written with everything before it; ``waitUntilServed()`` says when that is done.
        case flush
        /// The same with the summary behind it; then the thread ends.
        case finish(TraceSummary)
    }

    /// A batch on its way.
    struct Parcel: ~Copyable, Sendable {
        var batch = ExchangeBatch()
        var wish = Wish.render
    }

    private struct Places: ~Copyable, Sendable {
        var parcels = InlineArray<4, Parcel> { _ in Parcel() }
        var filled = 0
        var taken = 0
    }

    private let places = Mutex(Places())
    private let full = DispatchSemaphore(value: 0)
    private let vacant = DispatchSemaphore(value: 4)
    private let served = DispatchSemaphore(value: 0)
    private let outcome = Mutex<TextWriter.Failure?>(nil)

    /// Whether nobody wants more of the output.
    let isDone = Atomic(false)

    /// Gives a parcel to the other thread for one that is empty, and waits where there is none.
    func give(_ parcel: inout Parcel) {
        vacant.wait()
        places.withLock { places in
            swap(&places.parcels[places.filled & 3], &parcel)
            places.filled += 1
        }
        full.signal()
    }

    /// Takes the next parcel for one that is empty, and waits where there is none.
    func take(_ parcel: inout Parcel) {
        full.wait()
        places.withLock { places in
            swap(&places.parcels[places.taken & 3], &parcel)
            places.taken += 1
        }
        vacant.signal()
    }

    /// Says that everything up to a ``Wish/flush`` or ``Wish/finish(_:)`` is written, as far as it
    /// could be.
    func reportServed(_ failure: TextWriter.Failure?) {
        outcome.withLock { $0 = failure }
        served.signal()
    }

    /// Waits for that; answers why output ended early, if it did.
    func waitUntilServed() -> TextWriter.Failure? {
        served.wait()
        return outcome.withLock { $0 }
    }
}
