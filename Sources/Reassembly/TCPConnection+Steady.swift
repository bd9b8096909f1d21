import Packets

// Most segments are the next of their direction, on a connection where nothing is missing, awaited
// or due. Such a connection is called steady, and its segments pass with a handful of comparisons.
extension TCPConnection {
    /// Takes a segment that leaves a steady connection steady.
    ///
    /// - Returns: the same as ``accept(_:_:frame:bytes:)``; `nil` where there is more to think
    ///   about, and then nothing is changed.
    mutating func acceptSteadily(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>,
        _ delivered: inout DeliveredSegments
    ) -> Acceptance? {
        guard segment.flags.isOrdinary, segment.window > 0,
            segment.payload.count == segment.wireLength
        else { return nil }
        let other = direction.opposite
        let received = segment.acknowledgement.distance(from: self[other].next)
        guard received <= 0, received >= -(1 << 30), received >= -2 - self[other].offset,
            segment.acknowledgement.rawValue > 1,
            segment.wireLength == 0
                || segment.sequence == self[direction].next && !segment.isShortAndBare
        else { return nil }
        self[other].noteAcknowledgement(segment.acknowledgement)
        if segment.window > self[direction].largestWindow {
            self[direction].largestWindow = segment.window
        }
        if segment.wireLength > 0 {
            remember(segment, bytes.extracting(segment.payload), direction, &delivered)
            self[direction].advance(by: segment.wireLength)
            self[direction].hasPayload = true
            self[direction].lastSegment = (segment.sequence, segment.wireLength, frame)
        }
        return Acceptance(
            payload: segment.payload,
            acknowledgedOffset: self[other].offset + received,
            isSteady: true
        )
    }

    /// Whether nothing is missing, awaited or due.
    @inline(__always)
    var seemsSteady: Bool {
        !isDue && !isReset && forward.isSteady && backward.isSteady && immediate.isEmpty
            && !forward.isProvenMissing && !backward.isProvenMissing
            && !isStalled && waitingSince == nil && (establishedTime != nil || synTime == nil)
            && foreign.isEmpty && resets.isEmpty && paddings.isEmpty
    }

    /// Remembers payload that is delivered next.
    @inline(__always)
    mutating func remember(
        _ segment: TCPSegment,
        _ payload: Span<UInt8>,
        _ direction: Direction,
        _ delivered: inout DeliveredSegments
    ) {
        remember(payload, at: self[direction].offset, SegmentOrigin(segment), direction, &delivered)
    }

    /// The same for payload at an offset of its stream.
    @inline(__always)
    mutating func remember(
        _ payload: Span<UInt8>,
        at offset: Int,
        _ origin: SegmentOrigin,
        _ direction: Direction,
        _ delivered: inout DeliveredSegments
    ) {
        var telling = origin
        // Who gives all packets the same number, or none, does not tell them apart.
        if origin.identification == self[direction].origin.identification {
            telling.identification = 0
        }
        self[direction].origin = origin
        self[direction].latestDelivered = delivered.note(
            payload,
            at: offset,
            behind: self[direction].latestDelivered,
            telling
        )
    }
}

extension TCPSegment.Flags {
    /// Whether ACK is set, and of the others at most PSH.
    fileprivate var isOrdinary: Bool { rawValue & ~TCPSegment.Flags.psh.rawValue == 0x10 }
}

extension TCPSegment {
    /// Whether it holds so little, and no PSH, that it may be padding.
    @inline(__always)
    fileprivate var isShortAndBare: Bool {
        wireLength <= TCPConnection.paddingLimit && flags.rawValue == 0x10
    }
}

extension StreamHalf {
    /// Whether it has begun, has not ended, and nothing of it waits.
    @inline(__always)
    fileprivate var isSteady: Bool {
        isStarted && isSeen && finSequence == nil && !hasEnded && queue.isEmpty
    }

    /// Takes note of how far the other end has received.
    mutating func noteAcknowledgement(_ acknowledgement: SequenceNumber) {
        if let known = acknowledged, acknowledgement.distance(from: known) <= 0 { return }
        acknowledged = acknowledgement
        contradictions = 0
        repeatsInVain = 0
    }
}
