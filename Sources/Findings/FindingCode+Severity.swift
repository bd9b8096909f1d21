extension FindingCode {
    /// How much the finding weighs.
    ///
    /// A switch of its own, and the only place that says so: it is asked for each finding of a
    /// trace, and the texts of the catalogue are not needed for it.
    public var severity: Severity {
        switch self {
        case .unsupportedVersion, .invalidVersion, .invalidMethod, .invalidTarget,
            .invalidStatus, .bareCarriageReturn, .whitespaceBeforeColon, .missingColon,
            .obsoleteLineFolding,
            .invalidFieldName, .invalidFieldValue, .missingHost, .duplicateHost,
            .unterminatedHeaderSection, .headerSectionTooLarge, .conflictingContentLength,
            .invalidContentLength, .contentLengthWithTransferEncoding, .invalidChunkSize,
            .unknownTransferCoding, .truncatedContent, .contentInBodylessResponse,
            .unrecognizedResponse, .invalidHost, .hostDiffersFromTarget, .chunkedNotLast,
            .transferEncodingInOldVersion, .beyondOldVersion, .ambiguousChunkLine,
            .forbiddenTrailerField, .openTrailerSection, .framingFieldInBodylessResponse,
            .messageAfterClose,
            .invalidSwitch, .unknownContentCoding, .contentCodingMismatch, .damagedContentCoding,
            .contentChecksumMismatch, .truncatedContentCoding, .bytesAfterContentCoding:
            .error
        case .blankLineBeforeStartLine, .extraWhitespace, .missingVersion, .bareLineFeed,
            .mixedLineEndings, .repeatedContentLength, .bytesBeforeMessage, .contentAfterMessage,
            .requestWithoutResponse, .responseWithoutRequest, .requestNotHTTP,
            .dataFieldInsteadOfContent, .missingRequiredField,
            .captureGap, .conflictingOverlap, .invalidChecksum, .reset, .dataAfterReset,
            .ignoredReset, .ignoredSYN, .ignoredSegment, .missingAcknowledgement, .uncountedNumbers,
            .frameCutBySnaplen,
            .memoryLimitReached, .obfuscatedFramingField, .repeatedTransferEncoding,
            .leadingZeros, .chunkLineTooLarge, .contentInBodylessRequest, .upgradeToH2C,
            .joinedRequestLine,
            .contentWithheld, .answerInsteadOfContent, .uncertainPairing, .deflateWithoutZlib,
            .handshakeRepeated, .clientGaveUp, .responseNotAcknowledged,
            .requestAfterClose:
            .warning
        case .bytesNotUTF8, .chunkExtension, .noContentLengthUntilClose,
            .responseBeforeRequestComplete,
            .pipelined, .versionMismatch, .protocolSwitched, .missingHandshake, .retransmission,
            .duplicateFrame, .outOfOrder, .resentAfterLoss, .paddedSegment, .zeroWindow,
            .urgentData, .clockWentBack, .undecodedContentCoding, .idleReset:
            .note
        }
    }
}
