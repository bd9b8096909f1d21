/// What somebody wants traffic decoded as, in the notation of tshark's option `-d`:
/// `udp.port==4790,vxlan`.
package enum DecodeAs: Sendable, Hashable {
    /// What follows a header below TCP.
    case layer(DecodingRule)
    /// The connections of servers at these ports, as HTTP.
    case http(ports: ClosedRange<UInt16>)

    /// Why a text is no such wish.
    package enum Fault: Error, Sendable, Hashable {
        case noRule(String)
        case unknownLayer(String)
        case noNumber(String, layer: String, limit: UInt16)
        case unknownProtocol(String, layer: String)
    }

    /// The only layer whose content is not packets.
    private static let connections = "tcp.port"
    private static let http = "http"

    /// Reads `LAYER==NUMBER,PROTOCOL`; the number may be a range, as in `8000-8010`.
    package init(_ text: String) throws(Fault) {
        let words = text.filter { $0 != " " }
        let sides = words.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 3, sides[1].isEmpty else { throw .noRule(text) }
        let parts = sides[2].split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .noRule(text) }
        let (name, number, content) = (sides[0].lowercased(), parts[0], parts[1].lowercased())
        let layer = DecodingRule.Layer(rawValue: name)
        guard layer != nil || name == Self.connections else { throw .unknownLayer(name) }
        guard let numbers = Self.numbers(number, upTo: layer?.limit ?? .max) else {
            throw .noNumber(String(number), layer: name, limit: layer?.limit ?? .max)
        }
        if let layer, let content = DecodingRule.Content(rawValue: content) {
            self = .layer(DecodingRule(layer, numbers, content))
        } else if layer == nil, content == Self.http {
            self = .http(ports: numbers)
        } else {
            throw .unknownProtocol(content, layer: name)
        }
    }

    private static func numbers(_ text: Substring, upTo limit: UInt16) -> ClosedRange<UInt16>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
        guard 1...2 ~= ends.count, let first = ends[0], let last = ends[ends.count - 1],
            first <= last, last <= limit
        else { return nil }
        return first...last
    }

    private static func number(_ text: Substring) -> UInt16? {
        let isHexadecimal = text.lowercased().hasPrefix("0x")
        let digits = isHexadecimal ? text.dropFirst(2) : text
        guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        return UInt16(digits, radix: isHexadecimal ? 16 : 10)
    }
}

extension DecodeAs.Fault: CustomStringConvertible {
    /// One sentence: what is wrong, and what there is.
    package var description: String {
        switch self {
        case .noRule(let text):
            """
            "\(text)" is not of the form LAYER==NUMBER,PROTOCOL, such as udp.port==4790,vxlan; \
            layers are \(DecodeAs.layers)
            """
        case .unknownLayer(let name):
            "there is no layer \"\(name)\"; layers are \(DecodeAs.layers)"
        case .noNumber(let number, let layer, let limit):
            """
            "\(number)" is no number of \(layer), which is from 0 to \(limit), may be hexadecimal \
            (0x1F), and may be a range (8000-8010)
            """
        case .unknownProtocol(let name, let layer):
            """
            \(layer) cannot be decoded as "\(name)"; protocols of \(layer) are \
            \(DecodeAs.protocols(of: layer))
            """
        }
    }
}

extension DecodeAs {
    /// The names of the layers whose content can be chosen.
    package static var layers: String {
        (DecodingRule.Layer.allCases.map(\.rawValue) + [connections]).joined(separator: ", ")
    }

    fileprivate static func protocols(of layer: String) -> String {
        guard layer != connections else { return http + " only" }
        return DecodingRule.Content.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
