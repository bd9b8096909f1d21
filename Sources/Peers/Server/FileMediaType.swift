/// The media types of files, by the ending of the name (RFC 9110 §8.3).
package enum FileMediaType {
    /// Text as the server writes it itself.
    package static let text = "text/plain; charset=utf-8"

    /// What nothing is known of.
    static let bytes = "application/octet-stream"

    /// The type of the file called `name`.
    static func type(of name: FileName) -> String {
        let file = name.text.split(separator: "/").last ?? ""
        guard let stop = file.lastIndex(of: ".") else { return bytes }
        return types[file[file.index(after: stop)...].lowercased()] ?? bytes
    }

    private static let types = [
        "txt": text, "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8",
        "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "json": "application/json", "xml": "application/xml", "pdf": "application/pdf",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "svg": "image/svg+xml", "webp": "image/webp", "ico": "image/x-icon",
        "mp4": "video/mp4", "mp3": "audio/mpeg", "wasm": "application/wasm",
        "zip": "application/zip", "gz": "application/gzip",
        "pcap": "application/vnd.tcpdump.pcap", "log": text,
    ]
}
