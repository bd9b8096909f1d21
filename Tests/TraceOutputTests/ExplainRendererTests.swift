import Findings
import Foundation
import Testing
import TraceOutput

@Suite struct ExplainRendererTests {
    private func explain(_ code: FindingCode) -> String {
        Samples.text { ExplainRenderer().render(code, into: &$0) }
    }

    @Test func `an example has its marked part underlined`() {
        let text = explain(.unterminatedHeaderSection)
        #expect(text.hasPrefix("unterminated-header-section  error  RFC 9112 §2.1\n"))
        #expect(
            text.contains(
                #"""
                  POST / HTTP/1.1\r\n
                  Host: 127.0.0.1\r\n
                  Connection: Keep-Alive\r\n
                              ^^^^^^^^^^^^^^

                Elsewhere
                  Wireshark waits for the blank line and lists no request
                """#
            )
        )
    }

    @Test(arguments: FindingCode.allCases)
    func `every code is explained within 80 columns`(code: FindingCode) {
        let text = explain(code)
        for title in ["\nRule\n", "\nExample\n", "\nElsewhere\n", "\nMend\n"] {
            #expect(text.contains(title))
        }
        #expect(text.contains("^"))
        #expect(text.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 80 })
    }

    @Test(arguments: FindingCode.allCases)
    func `an explanation is one JSON object a line`(code: FindingCode) throws {
        let text = Samples.text { ExplainJSONRenderer().render(code, into: &$0) }
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
        #expect(object?.count == 10)
        #expect(object?["code"] == code.rawValue)
        #expect(object?["example"] == code.entry.example)
        #expect(object?["mend"] == code.entry.mend)
        #expect(text.filter { $0 == "\n" }.count == 1)
    }

    @Test func `the table has every code under its group`() {
        let text = Samples.text { ExplainRenderer().renderAll(into: &$0) }
        for code in FindingCode.allCases { #expect(text.contains(" \(code.rawValue)\n")) }
        #expect(text.contains("was tried with nginx 1.22.1"))
        #expect(text.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 80 })
    }
}
