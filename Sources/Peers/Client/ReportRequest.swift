/// One of the eight requests of the report, with the answer that the report's server gave.
package struct ReportRequest: Sendable, Hashable {
    /// What the request is for, in a few words.
    package let title: String
    /// The status code that it is to be answered with.
    package let expectedStatus: Int

    /// Method, target and version.
    private let startLine: String
    /// What follows the start line in the report, up to the Host line: its line end, and the space
    /// before it where there is one.
    private let startLineEnd: String
    /// Everything after the Host line, as in the report.
    private let afterHost: String
    /// The data that the report sends in a `Data` field; `nil` where it sends none.
    private let data: String?

    /// The bytes of the request.
    ///
    /// With ``WireMode/standard`` it means the same but is well formed: the data is content with
    /// its `Content-Length`, the header section has an end. The eighth keeps its version, for which
    /// it gets its 505.
    ///
    /// - Parameters:
    ///   - wire: whether they are the report's or well formed.
    ///   - host: the value of the Host field, `127.0.0.1` in the report.
    /// - Returns: the whole request.
    package func bytes(wire: WireMode, host: String = "127.0.0.1") -> [UInt8] {
        switch wire {
        case .report: Array("\(startLine)\(startLineEnd)Host: \(host)\r\n\(afterHost)".utf8)
        case .standard: Array(standardText(host: host).utf8)
        }
    }

    private func standardText(host: String) -> String {
        var text = "\(startLine)\r\nHost: \(host)\r\nConnection: Keep-Alive\r\n"
        if let data {
            text += "Content-Type: text/plain; charset=utf-8\r\n"
            text += "Content-Length: \(data.utf8.count)\r\n\r\n\(data)"
        } else if startLine.hasPrefix("GET") {
            text += "\r\n"
        } else {
            // A method that expects content says so when there is none (RFC 9110 §8.6).
            text += "Content-Length: 0\r\n\r\n"
        }
        return text
    }
}

extension ReportRequest {
    /// The eight, in the order in which the report sends them.
    package static let all: [ReportRequest] = [
        .getFile, .getMissingFile, .postWithoutBlankLine, .postNewFile, .patchFile, .putFile,
        .deleteData, .unsupportedVersion,
    ]

    /// `GET /index.txt`: 200 and the file.
    package static let getFile = ReportRequest(
        title: "read the file",
        expectedStatus: 200,
        startLine: "GET /index.txt HTTP/1.1",
        startLineEnd: " \r\n",
        afterHost: "Connection: Keep-Alive \n\n",
        data: nil
    )

    /// `GET /index.html`, which is not there: 404.
    package static let getMissingFile = ReportRequest(
        title: "read a file that is not there",
        expectedStatus: 404,
        startLine: "GET /index.html HTTP/1.1",
        startLineEnd: " \r\n",
        afterHost: "Connection: Keep-Alive \n\n",
        data: nil
    )

    /// `POST /` without data, and in the report without the blank line: 204.
    package static let postWithoutBlankLine = ReportRequest(
        title: "post without data (the report leaves out the blank line)",
        expectedStatus: 204,
        startLine: "POST / HTTP/1.1",
        startLineEnd: "\r\n",
        afterHost: "Connection: Keep-Alive\r\n",
        data: nil
    )

    /// `POST /` with a file name and its content: 200, and `new_file.txt` is there.
    package static let postNewFile = ReportRequest(
        title: "create new_file.txt",
        expectedStatus: 200,
        startLine: "POST / HTTP/1.1",
        startLineEnd: "\r\n",
        afterHost: "Connection: Keep-Alive\r\n"
            + "Data: Filename: new_file Content: New_Content\r\n\r\n",
        data: "Filename: new_file Content: New_Content"
    )

    /// `PATCH /index.txt`: 200, and the file has one line more.
    package static let patchFile = ReportRequest(
        title: "append a line",
        expectedStatus: 200,
        startLine: "PATCH /index.txt HTTP/1.1",
        startLineEnd: " \r\n",
        afterHost: "Connection: Keep-Alive \r\nData: Hello_Sehee! \n\n",
        data: "Hello_Sehee!"
    )

    /// `PUT /index.txt`: 200, and the file is the line sent.
    package static let putFile = ReportRequest(
        title: "replace the file",
        expectedStatus: 200,
        startLine: "PUT /index.txt HTTP/1.1",
        startLineEnd: " \r\n",
        afterHost: "Connection: Keep-Alive \r\nData: Information_is_updated. \n\n",
        data: "Information_is_updated."
    )

    /// `DELETE /`: 405.
    package static let deleteData = ReportRequest(
        title: "a method that the server does not allow",
        expectedStatus: 405,
        startLine: "DELETE / HTTP/1.1",
        startLineEnd: "\r\n",
        afterHost: "Connection: Keep-Alive\r\nData: data....\n\n",
        data: "data...."
    )

    /// `PATCH / HTTP/2`: 505.
    package static let unsupportedVersion = ReportRequest(
        title: "a version that the server does not speak",
        expectedStatus: 505,
        startLine: "PATCH / HTTP/2",
        startLineEnd: "\r\n",
        afterHost: "Connection: Keep-Alive\r\n\r\n",
        data: nil
    )
}
