internal import Decompression
internal import SystemPackage

/// Decompresses what a file holds, piece by piece: 128 KiB of it and what the library keeps are in
/// memory, whatever the content comes to.
@safe
struct Decompressor: ~Copyable {
    private static let inputCapacity = 131_072

    /// What ended the data before its time, with its place in the compressed file.
    private(set) var damage: (offset: Int, damage: FileDamage)?

    private let compression: Compression
    private let codec: Codec
    private let input: UnsafeMutableRawPointer
    private var start = 0
    private var end = 0
    /// The place in the file of the first byte that is not decompressed.
    private(set) var offset = 0
    private var isInputAtEnd = false
    private var isBetweenMembers = false
    /// Whether the data is complete, and another capture file seems to begin behind it.
    private(set) var isBeforeOtherFile = false
    /// Whether the library may have more to give without more input.
    private var mayHaveMore = false
    /// Bytes that the next step is given at the most; 0 where it may be all.
    private var wanted: Int

    /// Gets ready to decompress a file that begins with `beginning`.
    init(
        _ compression: Compression,
        beginning: UnsafeRawBufferPointer
    ) throws(FileDamage) {
        self.compression = compression
        codec = try Codec(compression)
        wanted = compression.firstStep
        unsafe input = .allocate(
            byteCount: max(Self.inputCapacity, beginning.count),
            alignment: 64
        )
        unsafe UnsafeMutableRawBufferPointer(start: input, count: beginning.count)
            .copyMemory(from: beginning)
        end = beginning.count
    }

    deinit { unsafe input.deallocate() }

    /// What was read of the file and is not decompressed.
    var rest: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: input + start, count: end - start)
    }

    /// Decompresses into `output` until there is something in it.
    ///
    /// - Returns: the number of bytes; 0 at the end, which may be early: see ``damage``.
    mutating func read(
        from file: borrowing InputFile,
        into output: UnsafeMutableRawBufferPointer
    ) throws(Errno) -> Int {
        while damage == nil, !isBeforeOtherFile {
            if isBetweenMembers {
                guard try beginMember(from: file) else { break }
            } else if !mayHaveMore {
                try fill(atLeast: 1, from: file)
            }
            let isEndSeen = isInputAtEnd && start == end
            let step = unsafe step(into: output)
            if let reason = step.failure {
                damage = (offset, .cannotDecompress(compression, reason: reason))
            } else if isEndSeen, let cause = standstill(of: step) {
                damage = (offset, cause)
            }
            if step.produced > 0 { return step.produced }
        }
        return 0
    }

    /// What is wrong where the library got all there is, and made nothing of it.
    private func standstill(of step: DecompressionStep) -> FileDamage? {
        let hasMoved = step.consumed > 0 || step.produced > 0 || step.isMemberOver
        return hasMoved ? nil : .cutCompressed(compression)
    }

    private mutating func step(into output: UnsafeMutableRawBufferPointer) -> DecompressionStep {
        // A step of what the library wants is one block: damage is then known to the block.
        let count = wanted == 0 ? end - start : min(wanted, end - start)
        let piece = unsafe UnsafeRawBufferPointer(start: input + start, count: count)
        let step = unsafe codec.step(piece, into: output)
        start += step.consumed
        offset += step.consumed
        isBetweenMembers = step.isMemberOver
        wanted = step.isMemberOver ? compression.firstStep : step.wanted
        mayHaveMore = step.produced == output.count && !step.isMemberOver
        return step
    }

    /// Looks whether another member or frame follows.
    ///
    /// - Returns: `false` at the end, and where something else follows, which is damage.
    private mutating func beginMember(from file: borrowing InputFile) throws(Errno) -> Bool {
        repeat {
            try fill(atLeast: FileBeginning.length, from: file)
            // Zeros fill up the last block of a tape; gzip passes over them too.
            while compression == .gzip, start < end,
                unsafe input.load(fromByteOffset: start, as: UInt8.self) == 0
            {
                start += 1
                offset += 1
            }
        } while end - start < FileBeginning.length && !isInputAtEnd
        guard start < end else { return false }
        let count = min(Compression.magicLength, end - start)
        guard
            unsafe compression.mayBegin(UnsafeRawBufferPointer(start: input + start, count: count))
        else {
            let rest = unsafe self.rest
            isBeforeOtherFile =
                unsafe rest.count >= FileBeginning.length && FileBeginning.isHere(rest)
            if !isBeforeOtherFile { damage = (offset, .notCompressed(compression)) }
            return false
        }
        isBetweenMembers = false
        return true
    }

    /// Reads until so many bytes of the file wait to be decompressed, or the file ends.
    private mutating func fill(
        atLeast count: Int,
        from file: borrowing InputFile
    ) throws(Errno) {
        while end - start < count, !isInputAtEnd {
            if start > 0 {
                unsafe input.copyMemory(from: input + start, byteCount: end - start)
                end -= start
                start = 0
            }
            let room = unsafe UnsafeMutableRawBufferPointer(
                start: input + end,
                count: Self.inputCapacity - end
            )
            let read = try unsafe file.read(into: room) ?? 0
            end += read
            isInputAtEnd = read == 0
        }
    }
}
