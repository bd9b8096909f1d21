package import Packets

/// An expression of the pcap-filter(7) language that chooses frames of capture files, of whatever
/// link types they are.
package struct PacketFilter: ~Copyable {
    /// The program for one link type.
    private final class Entry {
        let linkType: LinkType
        let program: FilterProgram?
        let refusal: String?
        /// Whether a frame was to be matched.
        var wasAsked = false

        init(_ expression: String, for linkType: LinkType) {
            self.linkType = linkType
            do throws(PcapFailure) {
                let handle = try PcapHandle(reading: linkType)
                program = try FilterProgram(expression, for: handle)
                refusal = nil
            } catch {
                program = nil
                refusal = error.message
            }
        }
    }

    /// The link types of which the first that can be asked about the expression says whether it
    /// is one: some words, such as `wlan`, exist only for some of them.
    private static let judges = [
        LinkType.ethernet, .linuxCooked, LinkType(rawValue: 127), LinkType(rawValue: 105), .raw,
    ]

    /// The expression.
    package let expression: String

    private var entries: [Entry] = []
    /// The entry of the last frame's link type; -1 before the first frame.
    private var last = -1

    /// Compiles `expression`, which is empty where every frame is wanted.
    ///
    /// - Throws: ``CaptureError/invalidFilter(expression:reason:)`` with libpcap's words.
    package init(_ expression: String) throws(CaptureError) {
        self.expression = expression
        for linkType in Self.judges {
            let entry = Entry(expression, for: linkType)
            entries.append(entry)
            if entry.refusal == nil { return }
        }
        throw .invalidFilter(
            expression: expression,
            reason: entries.first?.refusal ?? "it cannot be compiled"
        )
    }

    /// Whether the expression is true of the frame; never for a link type that it says nothing
    /// about (see ``refusals``).
    package mutating func matches(_ frame: Frame, _ bytes: Span<UInt8>) -> Bool {
        if last < 0 || entries[last].linkType != frame.linkType { choose(frame.linkType) }
        return entries[last].program?.matches(bytes, originalLength: frame.originalLength) ?? false
    }

    /// The link types met for which the expression has no meaning, each with libpcap's words.
    package var refusals: [(linkType: LinkType, reason: String)] {
        entries.compactMap { entry in
            guard entry.wasAsked, let refusal = entry.refusal else { return nil }
            return (entry.linkType, refusal)
        }
    }

    @inline(never)
    private mutating func choose(_ linkType: LinkType) {
        if let index = entries.firstIndex(where: { $0.linkType == linkType }) {
            last = index
        } else {
            last = entries.count
            entries.append(Entry(expression, for: linkType))
        }
        entries[last].wasAsked = true
    }
}
