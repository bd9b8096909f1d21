internal import Bytes

/// The conditions under which a request is to be carried out (RFC 9110 §13).
struct Preconditions {
    /// What they come to.
    enum Outcome: Sendable, Hashable {
        /// The request is to be carried out.
        case met
        /// The client has what it asks for: 304.
        case notModified
        /// The request must not be carried out: 412.
        case failed
    }

    private let fields: RequestFields
    private let now: FileTime

    init(_ fields: RequestFields, now: FileTime = .now()) {
        self.fields = fields
        self.now = now
    }

    /// The outcome for a file that is `version` now, or that is not there, in the order of RFC 9110
    /// §13.2.2.
    ///
    /// - Parameters:
    ///   - version: the file as it is now.
    ///   - isReading: whether the method is GET or HEAD.
    /// - Returns: the outcome.
    func outcome(for version: FileVersion?, isReading: Bool) -> Outcome {
        if let tags = fields.ifMatch {
            if !Self.matches(tags, version, isStrong: true) { return .failed }
        } else if let version, let time = seconds(fields.ifUnmodifiedSince) {
            if version.modified.seconds > time { return .failed }
        }
        if let tags = fields.ifNoneMatch {
            if Self.matches(tags, version, isStrong: false) {
                return isReading ? .notModified : .failed
            }
        } else if isReading, let version, let time = seconds(fields.ifModifiedSince) {
            if version.modified.seconds <= time { return .notModified }
        }
        return .met
    }

    /// Whether a range is to be answered as such: where there is an `If-Range`, only if it names
    /// the file as it is now (RFC 9110 §13.1.5).
    func permitsRange(of version: FileVersion) -> Bool {
        guard let condition = fields.ifRange else { return true }
        if condition.contains(UInt8(ascii: "\"")) {
            return Self.matches(condition, version, isStrong: true)
        }
        // A file that has just been changed may be changed again within the same second: then its
        // time says nothing (RFC 9110 §8.8.2.2).
        return seconds(condition) == version.modified.seconds
            && now.seconds > version.modified.seconds
    }

    private func seconds(_ value: [UInt8]?) -> Int? {
        guard let value else { return nil }
        let year = CivilDate(daysSinceEpoch: now.seconds / 86_400).year
        return HTTPDate.seconds(of: value, in: year)
    }

    /// Whether a list of entity tags names `version`; `*` names any file that is there.
    private static func matches(_ list: [UInt8], _ version: FileVersion?, isStrong: Bool) -> Bool {
        guard let version else { return false }
        if list.elementsEqual("*".utf8) { return true }
        let tag = Array(version.entityTag.utf8)
        var rest = list[...]
        while true {
            rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: ",") }
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\""),
                let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\""))
            else { return false }
            if rest[...end].elementsEqual(tag), !(isWeak && isStrong) { return true }
            rest = rest[(end + 1)...]
        }
    }
}
