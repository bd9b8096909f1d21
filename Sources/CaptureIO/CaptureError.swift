internal import Bytes

/// Why a capture could not be read, written or made: one case for each thing a user can act on.
///
/// ``description`` is one sentence that says what, where, and what to do about it.
package enum CaptureError: Error, Sendable, Hashable {
    /// No file has this name.
    case noSuchFile(path: String)
    /// The name is a directory's.
    case isDirectory(path: String)
    /// This user may not read the file.
    case notReadable(path: String)
    /// The file cannot be opened for another reason, which the system gives.
    case cannotOpen(path: String, reason: String)
    /// The file cannot be opened because so many are open already.
    case tooManyOpenFiles(path: String)
    /// The file holds no byte.
    case empty(path: String)
    /// The file begins with none of the magic numbers; `beginning` holds its first bytes.
    case unknownFormat(path: String, beginning: [UInt8])
    /// The file is of a format that is known and not read.
    case foreignFormat(path: String, ForeignFormat)
    /// The file is compressed, with the program of this name, in a way that is not read.
    case compressed(path: String, program: String)
    /// The file is compressed, and so cannot be followed while it grows.
    case cannotFollow(path: String, Compression)
    /// The file cannot be understood from byte `offset` on, which is where `frame` should be; of
    /// damage in the content of a compressed file, the offset counts decompressed bytes. Reading
    /// goes on at byte `next`, where such a place was found.
    case damaged(
        path: String,
        offset: Int,
        isDecompressed: Bool = false,
        frame: Int,
        damage: FileDamage,
        next: Int? = nil
    )
    /// The system failed to deliver the file's bytes from `offset` on.
    case cannotRead(path: String, offset: Int, frame: Int, reason: String)

    /// The file cannot be created.
    case cannotCreate(path: String, reason: String)
    /// The file was created, but not all could be written.
    case cannotWrite(path: String, reason: String)

    /// No interface has this name; `existing` are those that there are.
    case noSuchInterface(name: String, existing: [String])
    /// The interface is there but cannot be captured on.
    case interfaceUnavailable(name: String, reason: String)
    /// This user may not capture on the interface.
    case captureNotPermitted(interface: String)
    /// The interface went away or went down while capturing.
    case interfaceLost(name: String, reason: String)
    /// The system does not tell its interfaces, or has none that is asked for.
    case noInterfaces(reason: String)

    /// The expression is not one of the pcap-filter(7) language.
    case invalidFilter(expression: String, reason: String)
}

extension CaptureError {
    /// What sort of failure it is, as far as the program's exit code tells.
    package enum Kind: Int32, Sendable, Hashable {
        /// The input could not be read to its end.
        case damaged = 2
        /// The command line asks for what cannot be, such as by an invalid filter (`EX_USAGE`).
        case usage = 64
        /// There is no such input (`EX_NOINPUT`).
        case noInput = 66
        /// The interface is not available (`EX_UNAVAILABLE`).
        case unavailable = 69
        /// The output cannot be written (`EX_CANTCREAT`).
        case cannotCreate = 73
        /// The user lacks the right (`EX_NOPERM`).
        case notPermitted = 77

        /// The exit code of a program that ends because of it (sysexits(3)).
        package var exitCode: Int32 { rawValue }
    }

    /// What sort of failure it is.
    package var kind: Kind {
        switch self {
        case .noSuchFile, .isDirectory, .cannotOpen, .tooManyOpenFiles: .noInput
        case .notReadable, .captureNotPermitted: .notPermitted
        case .empty, .unknownFormat, .foreignFormat, .compressed, .damaged, .cannotRead: .damaged
        case .cannotCreate, .cannotWrite: .cannotCreate
        case .noSuchInterface, .interfaceUnavailable, .interfaceLost, .noInterfaces: .unavailable
        case .invalidFilter, .cannotFollow: .usage
        }
    }
}

extension CaptureError {
    /// Whether it is about what a capture file holds, and not about whether there is one.
    package var isOfContent: Bool {
        switch self {
        case .damaged, .cannotRead: true
        case .noSuchFile, .isDirectory, .cannotOpen, .tooManyOpenFiles, .notReadable,
            .captureNotPermitted, .empty, .unknownFormat, .foreignFormat, .compressed,
            .cannotCreate, .cannotWrite, .noSuchInterface, .interfaceUnavailable, .interfaceLost,
            .noInterfaces, .invalidFilter, .cannotFollow:
            false
        }
    }

    /// Whether it is damage behind which a file may be readable.
    var isDamageInside: Bool {
        if case .damaged(_, _, _, _, let damage, _) = self { damage.mayBePassedOver } else { false }
    }

    /// The same damage, behind which reading goes on at byte `next`.
    func goingOn(at next: Int) -> CaptureError {
        guard
            case .damaged(let path, let offset, let isDecompressed, let frame, let damage, _) = self
        else { return self }
        return .damaged(
            path: path,
            offset: offset,
            isDecompressed: isDecompressed,
            frame: frame,
            damage: damage,
            next: next
        )
    }
}

extension CaptureError: CustomStringConvertible {
    /// One sentence: what is wrong, where, and what to do.
    package var description: String {
        switch self {
        case .noSuchFile(let path): "\(input(path)) does not exist: check the name"
        case .isDirectory(let path):
            "\(input(path)) is a directory: name the capture files in it"
        case .notReadable(let path):
            "\(input(path)) may not be read by this user: change its mode, or run as its owner"
        case .cannotOpen(let path, let reason): "\(input(path)) cannot be opened: \(reason)"
        case .tooManyOpenFiles(let path):
            "\(input(path)) cannot be opened, as too many files are open: allow more with "
                + "`ulimit -n`, or name fewer at once"
        case .empty(let path): "\(input(path)) is empty: not a capture file"
        case .unknownFormat(let path, let beginning):
            "\(input(path)) is not a capture file: it begins with "
                + "\"\(EscapedText.escape(beginning.span))\", which neither pcap nor pcapng does"
        case .foreignFormat(let path, let format): "\(input(path)) \(format)"
        case .compressed(let path, let program):
            "\(input(path)) is compressed: decompress it first, for example with "
                + "`\(program) -dc FILE | httptrace -`"
        case .cannotFollow(let path, let compression):
            "\(input(path)) is compressed with \(compression), and such a file cannot be followed: "
                + "read it without --follow"
        case .damaged(let path, let offset, let isDecompressed, let frame, let damage, let next):
            "\(input(path)) is damaged at "
                + "\(place(offset, frame, isDecompressed: isDecompressed)): \(damage); "
                + (next.map {
                    "\($0 - offset) bytes are passed over, reading goes on at byte \($0)"
                }
                    ?? readBefore)
        case .cannotRead(let path, let offset, let frame, let reason):
            "\(input(path)) cannot be read at \(place(offset, frame)): \(reason); \(readBefore)"
        case .cannotCreate(let path, let reason):
            "\(output(path)) cannot be created: \(reason)"
        case .cannotWrite(let path, let reason):
            "\(output(path)) cannot be written to its end: \(reason); "
                + "what was written before can be read"
        case .noSuchInterface(let name, let existing):
            "there is no interface \"\(printable(name))\": \(choice(of: existing))"
        case .interfaceUnavailable(let name, let reason):
            "the interface \(printable(name)) cannot be captured on: \(printable(reason))"
        case .captureNotPermitted(let interface):
            missingRight(on: interface) + wayWithoutRight
        case .interfaceLost(let name, let reason):
            "the interface \(printable(name)) was lost while capturing: \(printable(reason)); "
                + "what was captured before is kept"
        case .noInterfaces(let reason): "no interface can be captured on: \(printable(reason))"
        case .invalidFilter(let expression, let reason):
            "the filter \"\(printable(expression))\" is not valid: \(printable(reason)); "
                + "see pcap-filter(7) for the syntax"
        }
    }

    /// The same for who has tried `httptrace run`, which needs no right.
    package var descriptionForRun: String {
        guard case .captureNotPermitted(let interface) = self else { return description }
        return missingRight(on: interface)
    }

    private func missingRight(on interface: String) -> String {
        "this user may not capture on \(printable(interface)): run as root, or allow the program once "
            + "with `sudo setcap cap_net_raw+ep \(printable(ProgramFile.inShell))`"
    }

    private var wayWithoutRight: String {
        #if os(Linux)
            "; `httptrace run -- COMMAND` shows a command's own traffic and needs no right"
        #else
            ""
        #endif
    }

    private var readBefore: String { "what comes before was read" }

    private func place(_ offset: Int, _ frame: Int, isDecompressed: Bool = false) -> String {
        "byte \(offset)\(isDecompressed ? " after decompression" : ""), at frame \(frame)"
    }

    private func choice(of interfaces: [String]) -> String {
        guard !interfaces.isEmpty else { return "this system shows none" }
        return "choose one of \(interfaces.map(printable).joined(separator: ", "))"
    }

    private func input(_ path: String) -> String {
        path == "-" ? "standard input" : printable(path)
    }

    private func output(_ path: String) -> String {
        path == "-" ? "standard output" : printable(path)
    }

    private func printable(_ text: String) -> String {
        EscapedText.escape([UInt8](text.utf8).span)
    }
}
