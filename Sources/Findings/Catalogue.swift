extension FindingCode {
    /// What the catalogue says of this code.
    public var entry: CatalogueEntry {
        switch self {
        case .blankLineBeforeStartLine: .blankLineBeforeStartLine
        case .extraWhitespace: .extraWhitespace
        case .missingVersion: .missingVersion
        case .unsupportedVersion: .unsupportedVersion
        case .invalidVersion: .invalidVersion
        case .invalidMethod: .invalidMethod
        case .invalidTarget: .invalidTarget
        case .invalidStatus: .invalidStatus
        case .bareLineFeed: .bareLineFeed
        case .mixedLineEndings: .mixedLineEndings
        case .bareCarriageReturn: .bareCarriageReturn
        case .whitespaceBeforeColon: .whitespaceBeforeColon
        case .obsoleteLineFolding: .obsoleteLineFolding
        case .missingColon: .missingColon
        case .invalidFieldName: .invalidFieldName
        case .invalidFieldValue: .invalidFieldValue
        case .missingHost: .missingHost
        case .duplicateHost: .duplicateHost
        case .unterminatedHeaderSection: .unterminatedHeaderSection
        case .headerSectionTooLarge: .headerSectionTooLarge
        case .bytesNotUTF8: .bytesNotUTF8
        case .conflictingContentLength: .conflictingContentLength
        case .invalidContentLength: .invalidContentLength
        case .repeatedContentLength: .repeatedContentLength
        case .contentLengthWithTransferEncoding: .contentLengthWithTransferEncoding
        case .invalidChunkSize: .invalidChunkSize
        case .chunkExtension: .chunkExtension
        case .unknownTransferCoding: .unknownTransferCoding
        case .truncatedContent: .truncatedContent
        case .contentAfterMessage: .contentAfterMessage
        case .contentInBodylessResponse: .contentInBodylessResponse
        case .noContentLengthUntilClose: .noContentLengthUntilClose
        case .requestWithoutResponse: .requestWithoutResponse
        case .unrecognizedResponse: .unrecognizedResponse
        case .responseWithoutRequest: .responseWithoutRequest
        case .responseBeforeRequestComplete: .responseBeforeRequestComplete
        case .pipelined: .pipelined
        case .versionMismatch: .versionMismatch
        case .dataFieldInsteadOfContent: .dataFieldInsteadOfContent
        case .protocolSwitched: .protocolSwitched
        case .captureGap: .captureGap
        case .missingHandshake: .missingHandshake
        case .retransmission: .retransmission
        case .duplicateFrame: .duplicateFrame
        case .outOfOrder: .outOfOrder
        case .conflictingOverlap: .conflictingOverlap
        case .reset: .reset
        case .zeroWindow: .zeroWindow
        case .frameCutBySnaplen: .frameCutBySnaplen
        case .memoryLimitReached: .memoryLimitReached
        }
    }
}
