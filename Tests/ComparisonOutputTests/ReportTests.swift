import ComparisonOutput
import Expectations
import Foundation
import Support
import Testing
import Trace
import TraceOutput

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reports for other programs: they are read back as those do it.
@Suite struct ReportTests {
    private func difference(_ specification: String) throws -> TraceDifference {
        let traced = TracedExchanges([
            (
                "GET /<&\"'> HTTP/1.1\r\nHost: h\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            ),
            ("GET /\u{1B}]\u{FF} HTTP/1.1\r\nHost: h\r\n\r\n", ""),
        ])
        return try TraceExpectation(parsing: specification)
            .difference(from: traced.exchanges, traced.ledger)
    }

    private func bytes(_ render: (inout OutputBuffer) -> Void) -> Data {
        var buffer = OutputBuffer()
        render(&buffer)
        return buffer.withBytes { bytes in Data(bytes.indices.map { bytes[$0] }) }
    }

    @Test func `JUnit XML has a case for each expectation and each surplus`() throws {
        let difference = try difference("GET * -> 404 without reset\nGET /missing -> 200 times 2")
        let data = bytes {
            JUnitRenderer(specification: "a&b.spec", damage: ["it is <cut>"])
                .render(difference, into: &$0)
        }
        let elements = try Elements(data)
        #expect(elements.names.count { $0 == "testcase" } == 4)
        let suite = try #require(elements.attributes["testsuite"]?.first)
        #expect(suite["name"] == "a&b.spec")
        #expect([suite["tests"], suite["failures"], suite["errors"]] == ["4", "3", "1"])
        let cases = elements.attributes["testcase"] ?? []
        #expect(cases.first?["name"] == "line 1: GET * -> 404 without reset")
        #expect(cases.first?["line"] == "1")
        let failures = elements.attributes["failure"] ?? []
        #expect(failures.map { $0["type"] } == ["differs", "missing", "unexpected"])
        #expect(
            failures.first?["message"]
                == "expected -> 404, seen -> 200; finding invalid-target not expected in frames 4 → 5"
        )
        #expect(elements.attributes["error"]?.first?["message"] == "it is <cut>")
    }

    @Test func `a JUnit document without failures has none`() throws {
        let difference = try difference("...")
        #expect(difference.isMet)
        let data = bytes { JUnitRenderer(specification: "s").render(difference, into: &$0) }
        let elements = try Elements(data)
        #expect(elements.names == ["testsuites", "testsuite", "testcase", "testcase"])
        let names = (elements.attributes["testcase"] ?? []).map { $0["name"] ?? "" }
        #expect(Set(names).count == 2)
    }

    @Test func `SARIF has a result for each thing that is not as expected`() throws {
        let difference = try difference(
            "GET * -> 404\n  response Server: s\nGET * -> none\nnothing missing"
        )
        let data = bytes {
            SARIFRenderer(
                version: "1",
                specification: "/a b/ä.spec",
                captures: ["x.pcap", "-"],
                damage: ["cut"]
            ).render(difference, into: &$0)
        }
        let document = try #require(
            JSONSerialization.jsonObject(with: data) as? [String: Any]
        )
        #expect(document["version"] as? String == "2.1.0")
        let run = try #require((document["runs"] as? [[String: Any]])?.first)
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(
            results.map { $0["ruleId"] as? String } == [
                "different-exchange", "invalid-target", "different-exchange", "invalid-target",
                "invalid-field-value",
            ]
        )
        let location = try #require((results[0]["locations"] as? [[String: Any]])?.first)
        let place = try #require(location["physicalLocation"] as? [String: Any])
        #expect(
            (place["artifactLocation"] as? [String: String])?["uri"] == "file:///a%20b/%C3%A4.spec"
        )
        #expect((place["region"] as? [String: Int])?["startLine"] == 1)
        let driver = ((run["tool"] as? [String: Any])?["driver"]) as? [String: Any]
        let rules = try #require(driver?["rules"] as? [[String: Any]])
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        }
        let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == false)
    }
}

/// The elements of an XML document, as a real parser gives them.
private final class Elements: NSObject, XMLParserDelegate {
    private(set) var names: [String] = []
    private(set) var attributes: [String: [[String: String]]] = [:]

    init(_ data: Data) throws {
        super.init()
        let parser = XMLParser(data: data)
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        names.append(name)
        self.attributes[name, default: []].append(attributes)
    }
}
