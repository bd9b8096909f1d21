import Packets
import Reassembly

// What a frame holds: a segment, several, a piece of one, or nothing of use.
extension ConnectionTracer where Streams: ~Copyable {
    /// Takes what a frame, or a part of one, proved to be.
    mutating func take(
        _ outcome: PacketDecoder.Outcome,
        _ frame: Frame,
        _ bytes: Span<UInt8>
    ) {
        switch outcome {
        case .segment(var segment):
            segment.network.enter(frame)
            take(segment, bytes)
        case .fragment(var fragment):
            fragment.key.network.enter(frame)
            take(fragment, frame, bytes)
        case .aggregate(let aggregate):
            for part in aggregate.packets {
                let outcome = PacketDecoder.decode(
                    part,
                    of: aggregate,
                    bytes,
                    options.decoding
                )
                take(outcome, frame, bytes)
            }
        case .stop(let stop): count(stop)
        }
    }

    private mutating func take(
        _ fragment: Fragment,
        _ frame: Frame,
        _ bytes: Span<UInt8>
    ) {
        streams.recorder?.note(fragment)
        guard let whole = fragments.add(fragment, bytes, at: now.timestamp) else { return }
        streams.recorder?.noteWhole(fragment.key, in: now.number)
        let outcome = PacketDecoder.decode(
            reassembled: whole.span,
            fragment.key,
            options.decoding
        )
        switch outcome {
        case .segment(let segment): take(segment, whole.span)
        case .aggregate: take(outcome, frame, whole.span)
        case .fragment: counts.unusedFrames["fragment in a fragment", default: 0] += 1
        case .stop(let stop): count(stop)
        }
    }

    mutating func count(_ stop: DecodeStop) {
        streams.recorder?.note(stop)
        if stops[stop] == nil, stops.count >= DecodeStop.limit {
            otherStops += 1
        } else {
            stops[stop, default: 0] += 1
        }
    }
}

extension NetworkIdentity {
    /// Goes into what is seen on a frame's interface.
    @inline(__always)
    fileprivate mutating func enter(_ frame: Frame) {
        guard frame.interface != 0 else { return }
        enter(.interface, UInt32(truncatingIfNeeded: frame.interface))
    }
}

extension DecodeStop {
    /// The most reasons that are counted apart.
    fileprivate static let limit = 256
}
