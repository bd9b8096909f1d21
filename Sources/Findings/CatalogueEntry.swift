/// What the catalogue says of one finding code; `httptrace explain` prints it.
public struct CatalogueEntry: Sendable {
    /// How much the finding weighs.
    public var severity: Severity

    /// One clear sentence for somebody who looks at the message.
    public var sentence: String

    /// The document and section that decide, such as `RFC 9112 §2.2`.
    public var reference: String

    /// What the rule asks for, in plain words.
    public var rule: String

    /// An example in bytes, with `\r`, `\n`, `\xNN` and `\\` as escapes.
    public var example: String

    /// The part of ``example`` that the finding points at.
    public var marked: String

    /// What Wireshark, common servers and proxies make of it; see ``tried``.
    public var elsewhere: String

    /// What the sender, or whoever captured, should change.
    public var mend: String

    /// Creates the entry of `code`, which alone says how severe it is.
    init(
        _ code: FindingCode,
        sentence: String,
        reference: String,
        rule: String,
        example: String,
        marked: String,
        elsewhere: String,
        mend: String
    ) {
        severity = code.severity
        self.sentence = sentence
        self.reference = reference
        self.rule = rule
        self.example = example
        self.marked = marked
        self.elsewhere = elsewhere
        self.mend = mend
    }

    /// The programs whose behaviour ``elsewhere`` tells, in the versions that were tried.
    public static let tried = """
        nginx 1.22.1, Apache httpd 2.4.71, Node.js 20.20.2, Go 1.19.8, Python 3.11.7, HAProxy \
        2.6.12, Squid 5.7, lighttpd 1.4.69, curl 7.88.1 and tshark 4.0.17
        """
}
