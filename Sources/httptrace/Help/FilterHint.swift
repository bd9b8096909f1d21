import CaptureIO

/// What may have been meant by a filter that is none of libpcap's.
enum FilterHint {
    /// A sentence about what stands behind `capture` without an option, as tcpdump takes a filter;
    /// `nil` where nothing does.
    static func hint(aboutWords words: [String]) -> String? {
        guard let first = words.first else { return nil }
        if words.count == 1 {
            if UInt16(first) != nil {
                return """
                    A port stands behind an option: -f 'port \(first)' captures only what comes from \
                    and goes to it, --port \(first) reads what goes to it as HTTP.
                    """
            }
            if first.contains(".pcap") || first == "-" {
                return "A file is read without capture: httptrace \(first)"
            }
            if isInterface(first) {
                return "An interface stands behind -i: httptrace capture -i \(first)"
            }
        }
        return "A filter stands behind -f: httptrace capture -f '\(words.joined(separator: " "))'"
    }

    private static func isInterface(_ name: String) -> Bool {
        (try? CaptureInterface.all())?.contains { $0.name == name } ?? false
    }

    /// A sentence about it; `nil` where nothing is known.
    static func hint(about filter: String) -> String? {
        if !filter.isEmpty, filter.utf8.allSatisfy({ (48...57).contains($0) }) {
            return "a port is written as -f 'port \(filter)'"
        }
        if filter.contains("==") || filter.contains("&&") || filter.hasPrefix("http.") {
            return """
                that looks like a display filter, which -f does not take: a port is tcp port 80, an \
                address host 10.0.0.1; what messages hold is a matter of --format json and jq \
                (httptrace help json)
                """
        }
        if filter == "http" || filter == "https" {
            return "HTTP is found on any port without a filter; one port is -f 'tcp port 80'"
        }
        return nil
    }
}
