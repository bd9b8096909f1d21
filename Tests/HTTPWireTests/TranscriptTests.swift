import Findings
import Support
import Testing

@Suite struct TranscriptTests {
    @Test func `there are transcripts`() {
        #expect(TranscriptFiles.names.count > 50)
    }

    /// Every code that the parser can give.
    private static let codes: [FindingCode] = [
        .blankLineBeforeStartLine, .extraWhitespace, .missingVersion, .unsupportedVersion,
        .invalidVersion, .invalidMethod, .invalidTarget, .invalidStatus, .bareLineFeed,
        .mixedLineEndings, .bareCarriageReturn, .whitespaceBeforeColon, .obsoleteLineFolding,
        .missingColon, .invalidFieldName, .invalidFieldValue, .missingHost, .duplicateHost,
        .unterminatedHeaderSection, .headerSectionTooLarge, .bytesNotUTF8,
        .conflictingContentLength, .invalidContentLength, .repeatedContentLength,
        .contentLengthWithTransferEncoding, .invalidChunkSize, .chunkExtension,
        .unknownTransferCoding, .truncatedContent, .noContentLengthUntilClose,
        .dataFieldInsteadOfContent, .invalidHost, .hostDiffersFromTarget, .obfuscatedFramingField,
        .repeatedTransferEncoding, .chunkedNotLast, .transferEncodingInOldVersion, .leadingZeros,
        .ambiguousChunkLine, .chunkLineTooLarge, .forbiddenTrailerField,
        .contentInBodylessRequest, .framingFieldInBodylessResponse, .messageAfterClose,
        .upgradeToH2C, .contentWithheld,
    ]

    @Test func `every code of the parser is in a transcript`() throws {
        let lines = try TranscriptFiles.names.flatMap { name in
            try TranscriptFiles.transcript(name).expected
        }
        let found = Set(
            lines.map { $0.split(separator: " ") }.filter { $0[1] == "finding" }
                .map { String($0[2]) }
        )
        #expect(Self.codes.filter { !found.contains($0.rawValue) } == [])
    }

    @Test(arguments: TranscriptFiles.names)
    func `a conversation gives the events that its transcript expects, however it is cut`(
        name: String
    ) throws {
        let transcript = try TranscriptFiles.transcript(name)
        #expect(transcript.unreadable == [])
        let whole = transcript.log { _, bytes in [bytes[...]] }
        #expect(whole.lines == transcript.expected, Comment(rawValue: Self.text(of: whole)))

        let single = transcript.log { _, bytes in bytes.indices.map { bytes[$0...$0] } }
        #expect(single == whole, Comment(rawValue: "byte by byte: " + Self.text(of: single)))
        for (index, step) in transcript.steps.enumerated() {
            guard case .bytes(_, let bytes) = step else { continue }
            for delivery in deliveries(of: bytes).dropFirst(2) {
                let log = transcript.log { $0 == index ? delivery : [$1[...]] }
                guard log != whole else { continue }
                let place = "piece \(index) cut at \(delivery[0].count): "
                Issue.record(Comment(rawValue: place + Self.text(of: log)))
                break
            }
        }
    }

    private static func text(of log: WireLog) -> String {
        "\n" + log.lines.joined(separator: "\n")
    }
}
