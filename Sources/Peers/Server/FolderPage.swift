/// The page that lists a folder.
struct FolderPage {
    /// The most entries that one page shows.
    private static let limit = 10_000

    let folder: FolderName
    let entries: [FolderEntry]

    /// The page as HTML.
    ///
    /// Names are whatever somebody called a file: in text they are escaped, and in a link percent-encoded
    /// behind `./`, so that none of them is a scheme.
    var html: String {
        let title = Self.escaped("/" + (folder.text.isEmpty ? "" : folder.text + "/"))
        var rows = folder.text.isEmpty ? "" : Self.row(link: "../", name: "../", size: "", time: "")
        for entry in entries.prefix(Self.limit) { rows += Self.row(of: entry) }
        let left = entries.count - Self.limit
        if left > 0 { rows += "<tr><td colspan=\"3\">and \(left) more</td></tr>\n" }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
            th { text-align: left; } td, th { padding: 0.1em 1.5em 0.1em 0; }
            td:nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; }
            </style>
            </head>
            <body>
            <h1>\(title)</h1>
            <table>
            <thead><tr><th scope="col">Name</th><th scope="col">Bytes</th>\
            <th scope="col">Changed</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            </body>
            </html>

            """
    }

    private static func row(of entry: FolderEntry) -> String {
        let time = WallTime(secondsSinceEpoch: entry.modified.seconds).imfFixdate
        let link = "./" + entry.name.percentEncodedSegment
        switch entry.kind {
        case .folder:
            return row(link: link + "/", name: entry.name + "/", size: "", time: time)
        case .file(let length):
            return row(link: link, name: entry.name, size: "\(length)", time: time)
        }
    }

    private static func row(link: String, name: String, size: String, time: String) -> String {
        """
        <tr><td><a href="\(escaped(link))">\(escaped(name))</a></td><td>\(size)</td>\
        <td>\(time)</td></tr>

        """
    }

    /// Scalar by scalar: to Swift, `<` and a letter that is written before it are one character.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { html, scalar in
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(scalar)
            }
        }
    }
}
