import Support

/// The capture files that the tests read, made once.
enum HostileFiles {
    private static let folder = Result { try TemporaryFolder() }

    /// Which of them: a capture, and what is in it.
    enum Kind: String, Sendable, CaseIterable {
        case everyByte
        case sequences
        case otherSequences
        case random

        fileprivate var bytes: [UInt8] {
            switch self {
            case .everyByte: HostileCapture.file(HostileCapture.everyByte)
            case .sequences:
                HostileCapture.file(
                    HostileCapture.sequences,
                    describedBy: HostilePiece.sequences + HostilePiece.everyByte
                )
            case .otherSequences: HostileCapture.file(HostileCapture.otherSequences)
            case .random: HostileCapture.file(HostileCapture.random(seed: 1, count: 3000))
            }
        }
    }

    private static let paths: [Kind: Result<String, any Error>] = Dictionary(
        uniqueKeysWithValues: Kind.allCases.map { kind in
            (kind, Result { try write(kind) })
        }
    )

    /// Where a capture lies.
    static func path(_ kind: Kind) throws -> String {
        guard let path = paths[kind] else { return "" }
        return try path.get()
    }

    private static func write(_ kind: Kind) throws -> String {
        let folder = try folder.get()
        try folder.file(kind.rawValue, kind.bytes)
        return folder.path(kind.rawValue)
    }
}
