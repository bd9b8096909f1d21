/// Everything that can be reported about HTTP traffic, by the stable name that users see.
public enum FindingCode: String, CaseIterable, Sendable, Hashable {
    // Start line
    case blankLineBeforeStartLine = "blank-line-before-start-line"
    case extraWhitespace = "extra-whitespace"
    case missingVersion = "missing-version"
    case unsupportedVersion = "unsupported-version"
    case invalidVersion = "invalid-version"
    case invalidMethod = "invalid-method"
    case invalidTarget = "invalid-target"
    case invalidStatus = "invalid-status"

    // Field lines
    case bareLineFeed = "bare-line-feed"
    case mixedLineEndings = "mixed-line-endings"
    case bareCarriageReturn = "bare-carriage-return"
    case whitespaceBeforeColon = "whitespace-before-colon"
    case obsoleteLineFolding = "obsolete-line-folding"
    case missingColon = "missing-colon"
    case invalidFieldName = "invalid-field-name"
    case invalidFieldValue = "invalid-field-value"
    case missingHost = "missing-host"
    case duplicateHost = "duplicate-host"
    case invalidHost = "invalid-host"
    case hostDiffersFromTarget = "host-differs-from-target"
    case missingRequiredField = "missing-required-field"
    case unterminatedHeaderSection = "unterminated-header-section"
    case headerSectionTooLarge = "header-section-too-large"
    case bytesNotUTF8 = "bytes-not-utf8"

    // Framing
    case conflictingContentLength = "conflicting-content-length"
    case invalidContentLength = "invalid-content-length"
    case repeatedContentLength = "repeated-content-length"
    case contentLengthWithTransferEncoding = "content-length-with-transfer-encoding"
    case invalidChunkSize = "invalid-chunk-size"
    case chunkExtension = "chunk-extension"
    case unknownTransferCoding = "unknown-transfer-coding"
    case truncatedContent = "truncated-content"
    case bytesBeforeMessage = "bytes-before-message"
    case contentAfterMessage = "content-after-message"
    case contentInBodylessResponse = "content-in-bodyless-response"
    case noContentLengthUntilClose = "no-content-length-until-close"
    case obfuscatedFramingField = "obfuscated-framing-field"
    case repeatedTransferEncoding = "repeated-transfer-encoding"
    case chunkedNotLast = "chunked-not-last"
    case transferEncodingInOldVersion = "transfer-encoding-in-http-1-0"
    case leadingZeros = "leading-zeros"
    case ambiguousChunkLine = "ambiguous-chunk-line"
    case chunkLineTooLarge = "chunk-line-too-large"
    case forbiddenTrailerField = "forbidden-trailer-field"
    case openTrailerSection = "open-trailer-section"
    case contentInBodylessRequest = "content-in-bodyless-request"
    case framingFieldInBodylessResponse = "framing-field-in-bodyless-response"
    case messageAfterClose = "message-after-close"
    case upgradeToH2C = "upgrade-to-h2c"
    case joinedRequestLine = "joined-request-line"
    case contentWithheld = "content-withheld"
    case answerInsteadOfContent = "answer-instead-of-content"

    // Coding of the content
    case unknownContentCoding = "unknown-content-coding"
    case undecodedContentCoding = "undecoded-content-coding"
    case contentCodingMismatch = "content-coding-mismatch"
    case deflateWithoutZlib = "deflate-without-zlib"
    case damagedContentCoding = "damaged-content-coding"
    case contentChecksumMismatch = "content-checksum-mismatch"
    case truncatedContentCoding = "truncated-content-coding"
    case bytesAfterContentCoding = "bytes-after-content-coding"

    // Exchange
    case requestWithoutResponse = "request-without-response"
    case unrecognizedResponse = "unrecognized-response"
    case responseWithoutRequest = "response-without-request"
    case uncertainPairing = "uncertain-pairing"
    case requestNotHTTP = "request-not-http"
    case responseBeforeRequestComplete = "response-before-request-complete"
    case pipelined = "pipelined"
    case versionMismatch = "version-mismatch"
    case beyondOldVersion = "beyond-http-1-0"
    case dataFieldInsteadOfContent = "data-field-instead-of-content"
    case protocolSwitched = "protocol-switched"
    case invalidSwitch = "invalid-switch"

    // TCP and capture
    case captureGap = "capture-gap"
    case missingHandshake = "missing-handshake"
    case retransmission = "retransmission"
    case duplicateFrame = "duplicate-frame"
    case outOfOrder = "out-of-order"
    case resentAfterLoss = "resent-after-loss"
    case conflictingOverlap = "conflicting-overlap"
    case invalidChecksum = "invalid-checksum"
    case urgentData = "urgent-data"
    case reset = "reset"
    case dataAfterReset = "data-after-reset"
    case ignoredReset = "ignored-reset"
    case ignoredSYN = "ignored-syn"
    case ignoredSegment = "ignored-segment"
    case missingAcknowledgement = "missing-acknowledgement"
    case paddedSegment = "padded-segment"
    case uncountedNumbers = "uncounted-numbers"
    case zeroWindow = "zero-window"
    case handshakeRepeated = "handshake-repeated"
    case clientGaveUp = "client-gave-up"
    case responseNotAcknowledged = "response-not-acknowledged"
    case requestAfterClose = "request-after-close"
    case idleReset = "idle-reset"
    case frameCutBySnaplen = "frame-cut-by-snaplen"
    case memoryLimitReached = "memory-limit-reached"
    case clockWentBack = "clock-went-back"
}

/// How much a finding weighs.
public enum Severity: String, Sendable, Hashable {
    /// A MUST is violated, or the message cannot be understood as it was sent.
    case error
    /// Recipients disagree about it, or a SHOULD is violated.
    case warning
    /// Worth knowing.
    case note
}
