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
        let ending = file[file.index(after: stop)...].lowercased()
        return types[ending] ?? SystemMediaTypes.shared.type(ofEnding: ending) ?? bytes
    }

    /// What browsers ask for; text is taken for UTF-8.
    ///
    /// It must not depend on the system: a browser runs no module of another type than JavaScript's.
    private static let types = [
        "txt": text, "log": text, "md": "text/markdown; charset=utf-8",
        "csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8",
        "vtt": "text/vtt; charset=utf-8",
        "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
        "xhtml": "application/xhtml+xml", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
        "cjs": "text/javascript; charset=utf-8", "wasm": "application/wasm",
        "json": "application/json", "map": "application/json",
        "jsonld": "application/ld+json", "geojson": "application/geo+json",
        "webmanifest": "application/manifest+json", "xml": "application/xml",
        "rss": "application/rss+xml", "atom": "application/atom+xml", "pdf": "application/pdf",
        "png": "image/png", "apng": "image/apng", "jpg": "image/jpeg", "jpeg": "image/jpeg",
        "gif": "image/gif", "svg": "image/svg+xml", "webp": "image/webp", "avif": "image/avif",
        "ico": "image/x-icon", "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff",
        "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
        "mov": "video/quicktime", "mpd": "application/dash+xml",
        "m3u8": "application/vnd.apple.mpegurl", "ts": "video/mp2t",
        "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg",
        "opus": "audio/ogg", "wav": "audio/wav", "flac": "audio/flac", "aac": "audio/aac",
        "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
        "zip": "application/zip", "gz": "application/gzip", "tar": "application/x-tar",
        "zst": "application/zstd", "7z": "application/x-7z-compressed",
        "pcap": "application/vnd.tcpdump.pcap",
    ]
}
