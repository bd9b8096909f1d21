internal import Bytes
internal import Decompression

/// Removes codings from content: bytes in, bytes and what became of them out.
///
/// What its bytes prove to be wrong is in ``DecodedContent/faults(isWhole:)``.
package struct ContentDecoder: Sendable {
    package var limits: DecodingLimits

    package init(limits: DecodingLimits = DecodingLimits()) { self.limits = limits }

    /// Removes `codings`, which stand in the order in which they were applied.
    package func decode(_ content: [UInt8], _ codings: [AppliedCoding]) -> DecodedContent {
        var decoded = DecodedContent(bytes: content)
        guard !content.isEmpty else { return decoded }
        // A chain multiplies: what was sent is the measure for all of it.
        let most = limits.most(for: content.count)
        for (index, applied) in codings.reversed().enumerated() {
            var step = DecodingStep(
                coding: applied,
                codedLength: decoded.bytes.count,
                outcome: .unknownCoding
            )
            if index == DecodingLimits.codings {
                step.outcome = .tooManyCodings
            } else if let coding = applied.coding {
                remove(coding, &step, from: &decoded, most)
            }
            decoded.steps.append(step)
            // Behind a coding that is still there, nothing can be removed.
            if step.decodedLength == 0 { break }
        }
        return decoded
    }

    private func remove(
        _ coding: ContentCoding,
        _ step: inout DecodingStep,
        from decoded: inout DecodedContent,
        _ most: Int
    ) {
        var first: DecodingOutcome?
        step.beginsAsNamed = CodedFormat.mayBegin(decoded.bytes.span, as: coding)
        for format in CodedFormat.candidates(for: coding, decoded.bytes.span) {
            let attempt = attempt(format, decoded.bytes.span, most)
            // What fails at once was probably the wrong format.
            if case .failed = attempt.outcome, attempt.output.isEmpty {
                first = first ?? attempt.outcome
                continue
            }
            step.outcome = attempt.outcome
            step.format = format
            step.hasWrongChecksum = attempt.isChecksumWrong
            step.decodedLength = attempt.output.count
            step.actualFormat = format.isMeant(by: coding) ? nil : format
            decoded.bytes = attempt.output
            return
        }
        step.outcome = first ?? .unknownCoding
    }

    private func attempt(
        _ format: CodedFormat,
        _ content: Span<UInt8>,
        _ most: Int
    ) -> Attempt {
        do throws(NoMemoryForDecoder) {
            var attempt: Attempt
            switch format {
            case .gzip: attempt = Attempt(try ZlibDecoder(.gzip), format, content, most)
            case .zlib: attempt = Attempt(try ZlibDecoder(.zlib), format, content, most)
            case .rawDeflate: attempt = Attempt(try ZlibDecoder(.none), format, content, most)
            case .brotli: attempt = Attempt(try BrotliDecoder(), format, content, most)
            case .zstd: attempt = Attempt(try ZstdDecoder(), format, content, most)
            }
            if attempt.outcome == .lengthLimitReached, most < limits.length {
                attempt.outcome = .ratioLimitReached
            }
            return attempt
        } catch {
            return Attempt(outcome: .failed(reason: "\(error)", offset: 0))
        }
    }
}

/// What came of content taken as one format.
private struct Attempt {
    var output: [UInt8] = []
    var outcome: DecodingOutcome
    private(set) var isChecksumWrong = false

    private static let pieceOfOutput = 64 << 10

    init(outcome: DecodingOutcome) { self.outcome = outcome }

    /// Decodes `content` to its end, or until there are `most` bytes.
    init<Decoder: FormatDecoder & ~Copyable>(
        _ decoder: borrowing Decoder,
        _ format: CodedFormat,
        _ content: Span<UInt8>,
        _ most: Int
    ) {
        outcome = .endsEarly
        let room = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.pieceOfOutput,
            alignment: 64
        )
        defer { unsafe room.deallocate() }
        var position = 0
        var wanted = 0
        while true {
            let piece = wanted == 0 ? format.pieceLength : wanted
            let left = content.count - position
            // One byte above the limit tells whether there is more.
            let output = unsafe UnsafeMutableRawBufferPointer(
                rebasing: room.prefix(min(room.count, most - self.output.count + 1))
            )
            let step = unsafe content.extracting(last: left).withUnsafeBytes { input in
                let count = piece == 0 ? left : min(piece, left)
                return unsafe decoder.step(
                    UnsafeRawBufferPointer(rebasing: input.prefix(count)),
                    into: output
                )
            }
            position += step.consumed
            wanted = step.wanted
            let kept = min(step.produced, most - self.output.count)
            unsafe self.output.append(contentsOf: output.prefix(kept))
            isChecksumWrong = step.isChecksumWrong
            if let ending = ending(step, kept, format, content, position) {
                outcome = ending
                return
            }
        }
    }

    /// How it ends after this step, or `nil` where it goes on.
    private func ending(
        _ step: DecompressionStep,
        _ kept: Int,
        _ format: CodedFormat,
        _ content: Span<UInt8>,
        _ position: Int
    ) -> DecodingOutcome? {
        if kept < step.produced { return .lengthLimitReached }
        if let reason = step.failure { return .failed(reason: reason, offset: position) }
        if step.isMemberOver {
            if position == content.count { return .complete }
            let rest = content.extracting(position..<content.count)
            return format.mayContinue(rest) ? nil : .followedByOther(count: rest.count)
        }
        return step.consumed == 0 && step.produced == 0 ? .endsEarly : nil
    }
}
