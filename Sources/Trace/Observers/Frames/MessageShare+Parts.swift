import HTTPWire

extension MessageShare {
    /// What lies of a message in a part of its sender's stream.
    init(
        _ record: FrameRecorder.MessageRecord,
        in range: Range<Int>,
        contents: [Range<Int>],
        of message: Message,
        _ role: MessageRole
    ) {
        let whole = record.begin..<record.begin + record.length
        let common = range.clamped(to: whole)
        let own = common.lowerBound - record.begin..<common.upperBound - record.begin
        let head = message.head
        let line = head.startLine.line
        exchange = 0
        streamOffset = record.begin
        self.role = role
        isInterim = false
        bytes = own
        length = record.length
        parts = Self.headParts(of: head, length: record.headLength, in: own)
        let lineEnd = line.upperBound - head.startLine.ending.length
        startLine = Array(head.bytes[line.lowerBound..<lineEnd])
        fieldNames = head.fieldLines.filter { $0.line.overlaps(own) }
            .map { Array(head.bytes[$0.name]) }
        firstFrame = message.firstFrame
        lastFrame = message.lastFrame
        isComplete = message.isComplete
        isTerminated = head.isTerminated
        framing = message.framing
        let body = own.clamped(to: min(record.headLength, record.length)..<record.length)
        let runs = contents.map { $0.lowerBound - record.begin..<$0.upperBound - record.begin }
        parts += Self.bodyParts(of: head, contents: runs, in: body)
    }

    private static func headParts(
        of head: MessageHead,
        length: Int,
        in range: Range<Int>
    ) -> [MessagePart] {
        guard length == head.bytes.count else {
            return [MessagePart(kind: .head, bytes: range.clamped(to: 0..<length))].present
        }
        let line = head.startLine.line
        let fieldsEnd = head.fieldLines.last?.line.upperBound ?? line.upperBound
        let parts = [
            MessagePart(kind: .leadingBlankLines, bytes: 0..<line.lowerBound),
            MessagePart(kind: .startLine, bytes: line),
            MessagePart(kind: .fieldLines, bytes: line.upperBound..<fieldsEnd),
            MessagePart(
                kind: head.isTerminated ? .blankLine : .head,
                bytes: fieldsEnd..<max(fieldsEnd, length)
            ),
        ]
        return parts.map { MessagePart(kind: $0.kind, bytes: $0.bytes.clamped(to: range)) }.present
    }

    /// Content, and between its pieces what frames it.
    private static func bodyParts(
        of head: MessageHead,
        contents: [Range<Int>],
        in range: Range<Int>
    ) -> [MessagePart] {
        var parts: [MessagePart] = []
        var position = range.lowerBound
        func addFraming(to end: Int) {
            let trailer = head.trailerLines.isEmpty ? Int.max : head.trailerOffset
            let framing = position..<min(max(position, trailer), end)
            parts.append(MessagePart(kind: .chunkFraming, bytes: framing))
            parts.append(MessagePart(kind: .trailer, bytes: framing.upperBound..<end))
        }
        for content in contents {
            let content = content.clamped(to: range)
            guard !content.isEmpty else { continue }
            if position < content.lowerBound { addFraming(to: content.lowerBound) }
            parts.append(MessagePart(kind: .content, bytes: content))
            position = content.upperBound
        }
        if position < range.upperBound { addFraming(to: range.upperBound) }
        return parts.present.merged
    }
}

extension [MessagePart] {
    /// Without the empty ones.
    fileprivate var present: [MessagePart] { filter { !$0.bytes.isEmpty } }

    /// With neighbours of one kind made one.
    fileprivate var merged: [MessagePart] {
        reduce(into: []) { parts, part in
            if let last = parts.last, last.kind == part.kind,
                last.bytes.upperBound == part.bytes.lowerBound
            {
                let whole = last.bytes.lowerBound..<part.bytes.upperBound
                parts[parts.count - 1].bytes = whole
            } else {
                parts.append(part)
            }
        }
    }
}
