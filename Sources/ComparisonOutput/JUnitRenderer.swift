internal import Bytes
package import Expectations
internal import Trace
package import TraceOutput

/// Writes a verdict as JUnit XML, as continuous integration reads it: one test case for each exchange
/// that was expected, and one for each that was not.
package struct JUnitRenderer {
    private let specification: String
    private let damage: [String]

    /// Creates a renderer.
    ///
    /// - Parameters:
    ///   - specification: the name of the expectation file.
    ///   - damage: what kept the capture from being read to its end.
    package init(specification: String, damage: [String] = []) {
        self.specification = specification
        self.damage = damage
    }

    /// One test case.
    private struct Case {
        var name: String
        var line: Int?
        var seconds: Double?
        /// Message and type of what is not as expected.
        var failure: (message: String, type: String)?
        var error: String?
    }

    /// Appends a whole document.
    package func render(_ difference: TraceDifference, into buffer: inout OutputBuffer) {
        let cases = cases(for: difference)
        let counts = """
            tests="\(cases.count)" failures="\(cases.count { $0.failure != nil })" \
            errors="\(cases.count { $0.error != nil })"
            """
        let name = Self.escape(specification)
        buffer.append(string: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        buffer.append(string: "<testsuites name=\"httptrace verify\" \(counts)>\n")
        buffer.append(string: "  <testsuite name=\"\(name)\" \(counts) skipped=\"0\">\n")
        for testCase in cases { append(testCase, to: &buffer) }
        buffer.append("  </testsuite>\n</testsuites>\n")
    }

    private func cases(for difference: TraceDifference) -> [Case] {
        var times: [Int: Int] = [:]
        var cases = difference.rows.map { row in
            var number: Int?
            if let line = row.expected?.line {
                times[line, default: 0] += 1
                number = times[line]
            }
            return Self.testCase(row, number: number ?? 1)
        }
        cases += difference.unmetClaims.map { claim in
            Case(name: claim.claim.rawValue, failure: (claim.sentence, "claim"))
        }
        cases += damage.map { Case(name: "the capture is read to its end", error: $0) }
        return cases
    }

    private static func testCase(_ row: TraceDifference.Row, number: Int) -> Case {
        var testCase = Case(name: "")
        if let expected = row.expected {
            testCase.name = expected.line.map { "line \($0): " } ?? ""
            testCase.name += expected.headline + (number > 1 ? " #\(number)" : "")
            testCase.line = expected.line
        } else if let seen = row.seen {
            testCase.name = "unexpected: \(seen.seenHeadline), frames \(seen.frames)"
        }
        testCase.seconds = row.seen?.timing.total.map { Double($0) / 1e9 }
        if row.verdict != .met { testCase.failure = (row.sentence, "\(row.verdict)") }
        return testCase
    }

    private func append(_ testCase: Case, to buffer: inout OutputBuffer) {
        let file = Self.escape(specification)
        buffer.append(
            string: "    <testcase classname=\"\(file)\" name=\"\(Self.escape(testCase.name))\""
        )
        buffer.append(string: " file=\"\(file)\"")
        if let line = testCase.line { buffer.append(string: " line=\"\(line)\"") }
        buffer.append(string: " time=\"\(testCase.seconds ?? 0)\"")
        if let (message, type) = testCase.failure {
            let text = Self.escape(message)
            buffer.append(string: ">\n      <failure message=\"\(text)\" type=\"\(type)\">")
            buffer.append(string: "\(text)</failure>\n    </testcase>\n")
        } else if let error = testCase.error {
            let text = Self.escape(error)
            buffer.append(string: ">\n      <error message=\"\(text)\" type=\"damage\"/>\n")
            buffer.append("    </testcase>\n")
        } else {
            buffer.append("/>\n")
        }
    }

    /// `text` with the characters replaced that mean something in XML, and those that cannot stand
    /// there at all, or cannot be shown.
    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n": escaped.unicodeScalars.append(scalar)
            case _ where EscapedText.isHarmless(scalar): escaped.unicodeScalars.append(scalar)
            default: escaped += EscapedText.escape(String(scalar))
            }
        }
        return escaped
    }
}
