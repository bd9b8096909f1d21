package import Expectations
internal import Findings
internal import Trace
package import TraceOutput

/// Writes a verdict as SARIF 2.1.0, as code review reads it: one result for each thing that is not
/// as expected, at its line of the expectation file.
package struct SARIFRenderer {
    private let specification: String
    private let captures: [String]
    private let damage: [String]
    private let version: String

    /// Creates a renderer.
    ///
    /// - Parameters:
    ///   - version: the version of this program.
    ///   - specification: the path of the expectation file.
    ///   - captures: the paths of the captures.
    ///   - damage: what kept the captures from being read to their end.
    package init(
        version: String,
        specification: String,
        captures: [String],
        damage: [String] = []
    ) {
        self.version = version
        self.specification = specification
        self.captures = captures
        self.damage = damage
    }

    /// Appends a whole document.
    package func render(_ difference: TraceDifference, into buffer: inout OutputBuffer) {
        let results = results(for: difference)
        var rules: [Rule] = []
        for result in results where !rules.contains(where: { $0.id == result.rule.id }) {
            rules.append(result.rule)
        }
        let document: JSONNode = [
            ("$schema", "https://json.schemastore.org/sarif-2.1.0.json"),
            ("version", "2.1.0"),
            (
                "runs",
                .list([
                    [
                        ("tool", [("driver", driver(rules))]),
                        ("invocations", .list([invocation(difference)])),
                        (
                            "results",
                            .list(
                                results.map { result in
                                    node(of: result, rules.firstIndex { $0.id == result.rule.id })
                                }
                            )
                        ),
                    ]
                ])
            ),
        ]
        document.append(to: &buffer)
        buffer.append("\n")
    }

    private struct Rule {
        var id: String
        var text: String
        var help: String?
    }

    private struct Result {
        var rule: Rule
        var message: String
        var line: Int?
        var exchange: Exchange?
    }

    private func results(for difference: TraceDifference) -> [Result] {
        var results: [Result] = []
        for row in difference.rows where row.verdict != .met {
            let line = row.expected?.line
            guard row.verdict == .differs else {
                let rule = Self.rule(for: row.verdict)
                results.append(
                    Result(rule: rule, message: row.sentence, line: line, exchange: row.seen)
                )
                continue
            }
            for mismatch in row.mismatches {
                var single = row
                single.mismatches = [mismatch]
                let rule = Self.rule(for: mismatch) ?? Self.rule(for: row.verdict)
                results.append(
                    Result(rule: rule, message: single.sentence, line: line, exchange: row.seen)
                )
            }
        }
        for claim in difference.unmetClaims {
            let rule = Rule(id: "unmet-claim", text: "What was asked of the trace is not so.")
            results.append(
                Result(rule: rule, message: "\(claim.claim.rawValue): \(claim.sentence)")
            )
        }
        return results
    }

    private static func rule(for verdict: TraceDifference.Verdict) -> Rule {
        switch verdict {
        case .missing: Rule(id: "missing-exchange", text: "An expected exchange was not seen.")
        case .unexpected:
            Rule(id: "unexpected-exchange", text: "An exchange was seen that was not expected.")
        case .met, .differs:
            Rule(id: "different-exchange", text: "An exchange is not as expected.")
        }
    }

    private static func rule(for mismatch: Mismatch) -> Rule? {
        switch mismatch.subject {
        case .unexpectedFinding(let code), .excludedFinding(let code):
            let entry = code.entry
            let help = "\(entry.rule) (\(entry.reference)) \(entry.mend)"
            return Rule(id: code.rawValue, text: entry.sentence, help: help)
        case .request, .response, .missingFinding, .condition: return nil
        }
    }

    private func driver(_ rules: [Rule]) -> JSONNode {
        [
            ("name", "httptrace"), ("version", .text(version)),
            (
                "rules",
                .list(
                    rules.map { rule in
                        var members: [(String, JSONNode)] = [
                            ("id", .text(rule.id)),
                            ("shortDescription", [("text", .text(rule.text))]),
                        ]
                        if let help = rule.help {
                            members.append(("help", [("text", .text(help))]))
                        }
                        return .object(members)
                    }
                )
            ),
        ]
    }

    private func invocation(_ difference: TraceDifference) -> JSONNode {
        [
            ("executionSuccessful", .boolean(damage.isEmpty)),
            (
                "toolExecutionNotifications",
                .list(
                    damage.map { sentence in
                        [("level", "error"), ("message", [("text", .text(sentence))])]
                    }
                )
            ),
        ]
    }

    private func node(of result: Result, _ ruleIndex: Int?) -> JSONNode {
        var place: [(String, JSONNode)] = [("artifactLocation", Self.artifact(specification))]
        if let line = result.line { place.append(("region", [("startLine", .number(line))])) }
        var members: [(String, JSONNode)] = [
            ("ruleId", .text(result.rule.id)), ("ruleIndex", .number(ruleIndex ?? -1)),
            ("level", "error"), ("message", [("text", .text(result.message))]),
            ("locations", .list([[("physicalLocation", .object(place))]])),
        ]
        if let exchange = result.exchange {
            members.append(("relatedLocations", .list(related(exchange))))
            let frames = [exchange.request?.firstFrame, exchange.response?.firstFrame]
            members.append(
                (
                    "properties",
                    [
                        ("stream", .number(exchange.stream)), ("index", .number(exchange.index)),
                        ("frames", .list(frames.compactMap(\.self).map { .number($0) })),
                    ]
                )
            )
        }
        return .object(members)
    }

    private func related(_ exchange: Exchange) -> [JSONNode] {
        captures.filter { $0 != "-" }.map { capture in
            [
                ("physicalLocation", [("artifactLocation", Self.artifact(capture))]),
                ("message", [("text", .text("frames \(exchange.frames)"))]),
            ]
        }
    }

    /// A path as a URI reference (RFC 3986): what is not unreserved, or a slash, is percent-encoded.
    private static func artifact(_ path: String) -> JSONNode {
        let digits = Array("0123456789ABCDEF")
        var uri = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default: uri += "%" + [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return [("uri", .text(uri))]
    }
}
