/// What may have been meant by a filter that is none of libpcap's.
enum FilterHint {
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
