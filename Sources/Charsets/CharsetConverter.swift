internal import CIconv

/// Text of one encoding becoming UTF-8, through the C library's iconv.
@safe
struct CharsetConverter: ~Copyable {
    /// Why a step went no further.
    enum Stop {
        /// All of the input is used.
        case endOfInput
        /// The output is full.
        case noRoom
        /// At a byte that does not begin a character of the encoding, or begins one that has no
        /// place in Unicode.
        case invalid
        /// At a character that goes on behind the input.
        case insideCharacter
    }

    /// What one step came to.
    struct Step {
        /// Bytes of the input that were used.
        var consumed: Int
        /// Bytes of UTF-8 that were made.
        var produced: Int
        var stop: Stop
    }

    private let descriptor: iconv_t

    /// Gets ready to convert; `nil` where the system has no table for it.
    init?(_ encoding: LegacyEncoding) {
        let descriptor = unsafe iconv_open("UTF-8", encoding.libraryName)
        guard let descriptor = unsafe descriptor, unsafe is_open(descriptor) != 0 else {
            return nil
        }
        unsafe self.descriptor = unsafe descriptor
    }

    deinit { unsafe iconv_close(descriptor) }

    /// Converts some of `input`.
    func step(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) -> Step {
        // iconv does not write to its input; POSIX has no `const` there.
        var next = unsafe UnsafeMutablePointer<CChar>(
            mutating: input.assumingMemoryBound(to: CChar.self).baseAddress
        )
        var left = input.count
        var place = unsafe output.assumingMemoryBound(to: CChar.self).baseAddress
        var room = output.count
        let error = unsafe convert_characters(descriptor, &next, &left, &place, &room)
        return Step(
            consumed: input.count - left,
            produced: output.count - room,
            stop: Self.stop(at: error)
        )
    }

    /// Writes what was kept back in case that an accent follows; answers how many bytes that is.
    func finish(into output: UnsafeMutableRawBufferPointer) -> Int {
        var place = unsafe output.assumingMemoryBound(to: CChar.self).baseAddress
        var room = output.count
        _ = unsafe convert_characters(descriptor, nil, nil, &place, &room)
        return output.count - room
    }

    private static func stop(at error: Int32) -> Stop {
        switch error {
        case 0: .endOfInput
        case E2BIG: .noRoom
        case EINVAL: .insideCharacter
        default: .invalid
        }
    }
}
