package import Expectations
package import Findings
package import Trace
internal import TraceOutput

extension TraceDifference.Verdict {
    /// The character before a row, and its tone.
    var mark: (String, Tone) {
        switch self {
        case .met: (" ", .plain)
        case .differs: ("≠", .warning)
        case .missing: ("-", .error)
        case .unexpected: ("+", .error)
        }
    }
}

extension TraceDifference.UnmetClaim {
    /// What is against it.
    package var sentence: String {
        switch claim {
        case .nothingUnclaimed: "\(bytes) \(noun) to no message"
        case .nothingMissing: "\(bytes) \(noun == "bytes belong" ? "bytes are" : "byte is") missing"
        }
    }

    private var noun: String { bytes == 1 ? "byte belongs" : "bytes belong" }
}

extension TraceDifference {
    /// What it comes to.
    package var sentence: String {
        let met = count(of: .met)
        let asExpected = "\(met) \(met == 1 ? "exchange" : "exchanges") as expected"
        if isMet { return asExpected }
        let parts = [
            part(.differs, "differs", "differ"),
            part(.missing, "is missing", "are missing"),
            part(.unexpected, "was not expected", "were not expected"),
            unmetClaims.isEmpty
                ? nil
                : unmetClaims.map { "\($0.claim.rawValue): \($0.sentence)" }.joined(
                    separator: ", "
                ),
        ]
        return "not as expected: " + parts.compactMap(\.self).joined(separator: ", ")
            + "; " + asExpected
    }

    private func part(_ verdict: Verdict, _ one: String, _ several: String) -> String? {
        let count = count(of: verdict)
        return count == 0 ? nil : "\(count) \(count == 1 ? one : several)"
    }

    /// The findings that are there and that nobody expected, in the order of the catalogue.
    package var unexpectedFindings: [FindingCode] {
        var codes: Set<FindingCode> = []
        for mismatch in rows.flatMap(\.mismatches) {
            switch mismatch.subject {
            case .unexpectedFinding(let code), .excludedFinding(let code): codes.insert(code)
            case .request, .response, .missingFinding, .condition: break
            }
        }
        return FindingCode.allCases.filter { codes.contains($0) }
    }
}

extension Exchange {
    /// What was seen, in one line: `GET /index.txt -> 200`.
    package var seenHeadline: String { "\(seenRequest) -> \(seenStatus)" }

    /// The frames of its request and of its response: `24 → 26`, `4-5 → -`.
    package var frames: String {
        "\(request?.frames ?? "-") → \(response?.frames ?? "-")"
    }
}

extension Message {
    /// The frame with its first byte, and that with its last where it is another.
    var frames: String {
        lastFrame > firstFrame ? "\(firstFrame)-\(lastFrame)" : "\(firstFrame)"
    }
}
