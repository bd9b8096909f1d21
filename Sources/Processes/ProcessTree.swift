#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// The programs that this process has started, and those that they have started in turn (proc(5)).
enum ProcessTree {
    /// One of them.
    struct Process: Sendable, Hashable {
        /// Its number.
        var id: Int32
        /// The program's name.
        var name: String
    }

    /// All of them that still run.
    static func descendants() -> [Process] {
        identifiers().compactMap(running)
    }

    /// The numbers of all of them, also of those that are over and not yet forgotten.
    static func identifiers() -> [Int32] {
        var found: [Int32] = []
        var next = children(of: getpid())
        while let id = next.popLast() {
            found.append(id)
            next += children(of: id)
        }
        return found
    }

    private static func children(of id: Int32) -> [Int32] {
        ProcFile.numbers(in: "/proc/\(id)/task").flatMap { thread in
            (ProcFile.text("/proc/\(id)/task/\(thread)/children") ?? "")
                .split(separator: " ").compactMap { Int32($0) }
        }
    }

    /// A process by its number; `nil` where it is over.
    private static func running(_ id: Int32) -> Process? {
        // Such as `12 (sh) S 1 …`; the name may hold parentheses itself.
        guard let text = ProcFile.text("/proc/\(id)/stat"),
            let start = text.firstIndex(of: "("),
            let end = text.lastIndex(of: ")")
        else { return nil }
        let state = text[end...].dropFirst(2).first
        guard state != "Z", state != "X" else { return nil }
        let name = text[text.index(after: start)..<end]
        return Process(id: id, name: commandName(of: id) ?? String(name))
    }

    /// The program's name as it was called, without its directory.
    private static func commandName(of id: Int32) -> String? {
        let line = ProcFile.text("/proc/\(id)/cmdline")
        let name = line?.prefix { $0 != "\0" }.split(separator: "/").last
        return name.map(String.init)
    }
}
