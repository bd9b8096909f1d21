/// How the content of a response is framed (RFC 9112 §6.3), and the fields that do not go with that.
struct ResponseFraming {
    let framing: ContentFraming

    /// Whether fields that announce content are an error here (RFC 9110 §8.6, RFC 9112 §6.1).
    private(set) var forbidsFramingFields = false

    /// Whether only the close ends the content, as nothing tells the length.
    private(set) var lacksLength = false

    /// Decides by the status, the request that is answered, and the fields.
    init(
        status: Int?,
        hasVersion: Bool,
        answering: AnsweredRequest,
        declared: DeclaredFraming
    ) {
        let status = status ?? 0
        let isInterim = 100..<200 ~= status
        switch answering {
        case .withoutVersion where !hasVersion:
            framing = .untilClose
        case .head:
            framing = .noContent
            // An interim response and 204 may not have these fields in answer to HEAD either.
            forbidsFramingFields = isInterim && status != 101 || status == 204
        case .connect where 200..<300 ~= status:
            framing = .switched
            forbidsFramingFields = true
        case .ordinary, .unknown, .connect, .withoutVersion:
            if isInterim || status == 204 {
                framing = status == 101 ? .switched : .noContent
                forbidsFramingFields = true
            } else if status == 304 {
                framing = .noContent
            } else {
                framing = declared.ofResponse
                lacksLength = framing == .untilClose && declared.transferCoding == nil
            }
        }
    }
}
