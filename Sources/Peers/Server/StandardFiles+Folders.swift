// What is answered where a target names a folder: its index, a list of what it holds, or the way to
// the path that ends in a slash, below which the links of a page are right.
extension StandardFiles {
    private static let indexes = ["index.html", "index.htm"]

    /// Answers with the index of a folder, or with a list.
    func getFolder(_ folder: FolderName, _ request: FileRequest) throws -> Answer {
        for index in Self.indexes {
            do {
                return try getFile(try folder.file(index), request)
            } catch FileStoreError.notFound {
                continue
            }
        }
        let entries = try store.entries(of: folder)
        guard listsFolders else {
            return Answer(.notFound, "The folder has no index.html, and folders are not listed.")
        }
        let page = FolderPage(folder: folder, entries: entries).html
        var answer = Answer(.ok, content: .bytes(Array(page.utf8)))
        answer.mediaType = "text/html; charset=utf-8"
        answer.add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        return answer
    }

    /// Answers where `name` is that of a folder.
    func redirectToFolder(_ name: FileName, _ request: FileRequest) -> Answer {
        let query = request.path.drop { $0 != UInt8(ascii: "?") }.filter { 0x21...0x7E ~= $0 }
        var answer = Answer(.movedPermanently, "The folder's path ends in a slash.")
        answer.add("Location", name.target + "/" + String(decoding: query, as: UTF8.self))
        return answer
    }
}
