/// The part of the traffic that a finding is about.
public enum FindingGroup: String, CaseIterable, Sendable, Hashable {
    case startLine = "Start line"
    case fieldLines = "Field lines"
    case framing = "Framing"
    case coding = "Coding of the content"
    case exchange = "Exchange"
    case capture = "TCP and capture"

    /// The codes of the group, in the order of the catalogue.
    public var codes: [FindingCode] { FindingCode.allCases.filter { $0.group == self } }
}

extension FindingCode {
    /// The part of the traffic that the finding is about.
    public var group: FindingGroup {
        switch self {
        case .blankLineBeforeStartLine, .extraWhitespace, .missingVersion, .unsupportedVersion,
            .invalidVersion, .invalidMethod, .invalidTarget, .invalidStatus:
            .startLine
        case .bareLineFeed, .mixedLineEndings, .bareCarriageReturn, .whitespaceBeforeColon,
            .obsoleteLineFolding, .missingColon, .invalidFieldName, .invalidFieldValue,
            .missingHost, .duplicateHost, .invalidHost, .hostDiffersFromTarget,
            .missingRequiredField, .unterminatedHeaderSection, .headerSectionTooLarge,
            .bytesNotUTF8:
            .fieldLines
        case .conflictingContentLength, .invalidContentLength, .repeatedContentLength,
            .contentLengthWithTransferEncoding, .invalidChunkSize, .chunkExtension,
            .unknownTransferCoding, .truncatedContent, .bytesBeforeMessage, .contentAfterMessage,
            .contentInBodylessResponse, .noContentLengthUntilClose, .obfuscatedFramingField,
            .repeatedTransferEncoding, .chunkedNotLast, .transferEncodingInOldVersion,
            .leadingZeros, .ambiguousChunkLine, .chunkLineTooLarge, .forbiddenTrailerField,
            .openTrailerSection, .joinedRequestLine,
            .contentInBodylessRequest, .framingFieldInBodylessResponse, .messageAfterClose,
            .upgradeToH2C, .contentWithheld, .answerInsteadOfContent:
            .framing
        case .unknownContentCoding, .undecodedContentCoding, .contentCodingMismatch,
            .deflateWithoutZlib, .damagedContentCoding, .contentChecksumMismatch,
            .truncatedContentCoding, .bytesAfterContentCoding:
            .coding
        case .requestWithoutResponse, .unrecognizedResponse, .responseWithoutRequest,
            .uncertainPairing, .requestNotHTTP, .responseBeforeRequestComplete,
            .pipelined, .versionMismatch, .beyondOldVersion, .dataFieldInsteadOfContent,
            .protocolSwitched, .invalidSwitch:
            .exchange
        case .captureGap, .missingHandshake, .retransmission, .duplicateFrame, .outOfOrder,
            .resentAfterLoss, .conflictingOverlap, .invalidChecksum, .urgentData, .reset,
            .dataAfterReset, .ignoredReset, .ignoredSYN, .ignoredSegment, .missingAcknowledgement,
            .paddedSegment, .uncountedNumbers, .zeroWindow,
            .handshakeRepeated, .clientGaveUp, .responseNotAcknowledged,
            .requestAfterClose, .idleReset,
            .frameCutBySnaplen, .memoryLimitReached, .clockWentBack:
            .capture
        }
    }
}
