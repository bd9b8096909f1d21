internal import Dispatch
import Synchronization
import Trace
import TraceOutput

/// Hands batches of exchanges from the thread that traces to a worker that renders and writes them,
/// and emptied ones back.
///
/// Both walk round the same few places, each swapping what it has for what is there. A semaphore
/// counts the places that are not full, so that the one who gives never meets the worker at a place;
/// the locks are held for a swap alone, but for the writer's, which only the worker takes.
final class ResultHandover: Sendable {
    /// What is to become of a batch.
    enum Wish: Sendable {
        /// To be rendered, and written sooner or later.
        case render
        /// To be written with everything before it; ``waitUntilServed()`` says when that is done.
        case flush
        /// The same with the summary behind it.
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

    /// What the worker uses: the writer, and an empty parcel to swap with.
    private struct Desk: ~Copyable {
        var writer: ResultWriter
        var parcel = Parcel()

        mutating func serve() {
            parcel.batch.drain { writer.write($0) }
            switch parcel.wish {
            case .render: break
            case .flush: writer.flush()
            case .finish(let summary): writer.finish(summary)
            }
        }
    }

    private let worker: SerialWorker
    private let places = Mutex(Places())
    private let desk: Mutex<Desk>
    private let vacant = DispatchSemaphore(value: 4)
    private let served = DispatchSemaphore(value: 0)
    private let outcome = Mutex<TextWriter.Failure?>(nil)

    /// Whether nobody wants more of the output.
    let isDone = Atomic(false)

    init(
        _ worker: SerialWorker,
        _ format: OutputFormat,
        _ options: OutputOptions,
        limit: Int
    ) {
        self.worker = worker
        var writer = ResultWriter(format, options)
        writer.limit = limit
        desk = Mutex(Desk(writer: writer))
    }

    /// Gives a parcel to the worker for one that is empty, and waits where there is none.
    func give(_ parcel: inout Parcel) {
        vacant.wait()
        places.withLock { places in
            swap(&places.parcels[places.filled & 3], &parcel)
            places.filled += 1
        }
        worker.run { [self] in serve() }
    }

    /// Waits until everything up to a ``Wish/flush`` or ``Wish/finish(_:)`` is written, as far as it
    /// can be; answers why output ended early, if it did.
    func waitUntilServed() -> TextWriter.Failure? {
        served.wait()
        return outcome.withLock { $0 }
    }

    /// Does what the next parcel asks for.
    private func serve() {
        desk.withLock { desk in
            places.withLock { places in
                swap(&places.parcels[places.taken & 3], &desk.parcel)
                places.taken += 1
            }
            vacant.signal()
            desk.serve()
            if desk.writer.isDone { isDone.store(true, ordering: .relaxed) }
            if case .render = desk.parcel.wish { return }
            outcome.withLock { $0 = desk.writer.failure }
            served.signal()
        }
    }
}
