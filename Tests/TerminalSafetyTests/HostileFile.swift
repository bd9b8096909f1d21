import Support

/// The capture files that the tests read.
enum HostileFile: String, Sendable, CaseIterable {
    case everyByte
    case sequences
    /// Two captures to be compared, which differ in every exchange: fewer, as that takes longer.
    case some
    case someOther
    case random

    /// Those that are looked at one by one.
    static let single: [HostileFile] = [.everyByte, .sequences, .random]

    private static let files: [HostileFile: [UInt8]] = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.bytes) }
    )

    private var bytes: [UInt8] {
        switch self {
        case .everyByte: HostileCapture.file(HostileCapture.everyByte)
        case .sequences:
            HostileCapture.file(
                HostileCapture.sequences,
                describedBy: HostilePiece.sequences + HostilePiece.everyByte
            )
        case .some: HostileCapture.file(HostileCapture.some(ending: []))
        case .someOther: HostileCapture.file(HostileCapture.some(ending: [0x7A]))
        case .random: HostileCapture.file(HostileCapture.random(seed: 1, count: 3000))
        }
    }

    /// Writes the file into a folder, and answers its path.
    func write(to folder: TemporaryFolder) throws -> String {
        try folder.file(rawValue, Self.files[self] ?? [])
        return folder.path(rawValue)
    }
}
