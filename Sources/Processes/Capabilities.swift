internal import CLinux

/// The rights of a thread (capabilities(7)), in its own user namespace.
struct Capabilities {
    private var sets: [__user_cap_data_struct]

    /// The rights as they are, of this thread or another one; none where the kernel does not tell.
    init(of thread: Int32 = 0) {
        sets = [__user_cap_data_struct](repeating: __user_cap_data_struct(), count: 2)
        var header = Self.header
        header.pid = thread
        _ = unsafe capget(&header, &sets)
    }

    /// Whether `capability` can be used.
    func contains(_ capability: Int32) -> Bool {
        sets[Self.word(of: capability)].effective & Self.bit(of: capability) != 0
    }

    /// Whether there are no others than these, neither to be used nor to be taken up or handed on.
    func areAmong(_ others: [Int32]) -> Bool {
        sets.indices.allSatisfy { word in
            let set = sets[word]
            let beyond = ~Self.bits(of: others, word)
            return (set.effective | set.permitted | set.inheritable) & beyond == 0
        }
    }

    /// Gives all up but these, as far as this thread has them; `false` where the kernel refuses.
    static func keepOnly(_ kept: [Int32]) -> Bool {
        // Kernels before 4.3 have no ambient set, and nothing in it.
        _ = control_process(PR_CAP_AMBIENT, UInt(PR_CAP_AMBIENT_CLEAR_ALL), 0)
        var sets = Capabilities().sets
        for word in sets.indices {
            sets[word].permitted &= bits(of: kept, word)
            sets[word].effective = sets[word].permitted
            sets[word].inheritable = 0
        }
        var header = Self.header
        return unsafe capset(&header, sets) == 0
    }

    /// Keeps every program that this process starts from having any, as far as it may decide that
    /// (the bounding set).
    static func emptyBoundingSet() {
        var capability: UInt = 0
        // The kernel knows no more of them where it does not answer 0 or 1.
        while control_process(PR_CAPBSET_READ, capability, 0) >= 0 {
            _ = control_process(PR_CAPBSET_DROP, capability, 0)
            capability += 1
        }
    }

    /// Keeps `capability` for the programs that are started from now on, also where their user
    /// is not root (the ambient set); `false` where the kernel refuses.
    mutating func passOn(_ capability: Int32) -> Bool {
        sets[Self.word(of: capability)].inheritable |= Self.bit(of: capability)
        var header = Self.header
        guard unsafe capset(&header, &sets) == 0 else { return false }
        return control_process(
            PR_CAP_AMBIENT,
            UInt(PR_CAP_AMBIENT_RAISE),
            UInt(capability)
        ) == 0
    }

    private static var header: __user_cap_header_struct {
        __user_cap_header_struct(version: UInt32(_LINUX_CAPABILITY_VERSION_3), pid: 0)
    }

    private static func word(of capability: Int32) -> Int { Int(capability) / 32 }

    private static func bits(of capabilities: [Int32], _ word: Int) -> UInt32 {
        capabilities.filter { Self.word(of: $0) == word }.reduce(0) { $0 | bit(of: $1) }
    }

    private static func bit(of capability: Int32) -> UInt32 { 1 << (UInt32(capability) % 32) }
}
