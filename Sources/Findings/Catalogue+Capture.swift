/// What the catalogue says of findings about the TCP stream and the capture.
extension CatalogueEntry {
    static var captureGap: CatalogueEntry {
        CatalogueEntry(
            .captureGap,
            sentence: "Bytes of the stream are missing from the capture here.",
            reference: "RFC 9293 §3.4",
            rule: """
                Each byte has a sequence number. Where the receiver acknowledged bytes that no \
                captured segment holds, the capture lost them, not the network.
                """,
            example: "seq=1 len=1460, seq=2921 len=1460",
            marked: "seq=2921",
            elsewhere: """
                Wireshark marks the next segment as previous segment not captured, and shows no \
                message across the gap.
                """,
            mend: """
                Capture with a larger buffer or a filter, and look at the drop count of the \
                capture.
                """
        )
    }

    static var missingHandshake: CatalogueEntry {
        CatalogueEntry(
            .missingHandshake,
            sentence: "The beginning of the connection is not in the capture.",
            reference: "RFC 9293 §3.5",
            rule: """
                A connection begins with SYN, SYN-ACK and ACK. Without them nobody knows whether \
                bytes came before, so the first message may be a later one of its connection.
                """,
            example: "seq=4711 len=57 ACK",
            marked: "seq=4711",
            elsewhere: "Wireshark numbers such a stream from its first captured packet.",
            mend: "Start the capture before the client connects."
        )
    }

    static var retransmission: CatalogueEntry {
        CatalogueEntry(
            .retransmission,
            sentence: "Bytes were sent again that had been sent before.",
            reference: "RFC 9293 §3.8.1",
            rule: """
                A sender repeats what was not acknowledged in time, so packets or their \
                acknowledgements were lost or late.
                """,
            example: "seq=1 len=1460, again seq=1 len=1460",
            marked: "again seq=1",
            elsewhere: """
                Wireshark marks TCP Retransmission, Fast Retransmission or Spurious \
                Retransmission.
                """,
            mend: "A few are normal. With many, look for loss on the way."
        )
    }

    static var duplicateFrame: CatalogueEntry {
        CatalogueEntry(
            .duplicateFrame,
            sentence: "The same frame was captured twice.",
            reference: "RFC 9293 §3.4",
            rule: """
                A frame that equals an earlier one, IP identification included, is one packet seen at \
                two places, as on a mirror port or on the interface any; nothing was sent again.
                """,
            example: "id=7 seq=1 len=57, again id=7 seq=1 len=57",
            marked: "again id=7",
            elsewhere: """
                Wireshark shows the second one as a retransmission; editcap -d removes such \
                frames.
                """,
            mend: "Capture at one place, on one interface and in one direction."
        )
    }

    static var outOfOrder: CatalogueEntry {
        CatalogueEntry(
            .outOfOrder,
            sentence: "Segments came in another order than they were sent.",
            reference: "RFC 9293 §3.10.7.4",
            rule: """
                A receiver holds segments beyond the next expected byte until the ones before have \
                come.
                """,
            example: "seq=1461 len=1460, seq=1 len=1460",
            marked: "seq=1461",
            elsewhere: """
                Wireshark marks TCP Out-Of-Order; whether it reassembles such messages depends on its \
                out-of-order preference.
                """,
            mend: """
                Normal on several paths or with several capture queues; message times are those of \
                the frame that filled the hole.
                """
        )
    }

    static var conflictingOverlap: CatalogueEntry {
        CatalogueEntry(
            .conflictingOverlap,
            sentence: "Two segments hold different bytes for the same place in the stream.",
            reference: "RFC 9293 §3.10.7.4",
            rule: """
                Bytes sent again are the same bytes. Where they differ, the receiver's system \
                decides which it takes, and an observer cannot know.
                """,
            example: "seq=1 data=GET /a, seq=1 data=GET /b",
            marked: "GET /b",
            elsewhere: """
                Systems differ in which copy they keep, which is why intrusion detection treats it as an \
                evasion.
                """,
            mend: """
                Look for a middle box that rewrites traffic, for corrupted captures, or for an \
                attack.
                """
        )
    }

    static var invalidChecksum: CatalogueEntry {
        CatalogueEntry(
            .invalidChecksum,
            sentence: "A segment has a wrong checksum: its receiver takes nothing of it.",
            reference: "RFC 9293 §3.1",
            rule: """
                The checksum covers addresses, header and payload. A receiver discards a segment \
                whose checksum is wrong, and waits for it to be sent again. Checksums are looked at \
                only where --verify-checksums asks for it; the segment is left out then.
                """,
            example: "seq=1 len=57 checksum 0x1234, 0x8f3a would be right",
            marked: "0x1234",
            elsewhere: """
                Wireshark does not look at TCP checksums unless tcp.check_checksum is set; then it \
                leaves such segments out of its streams.
                """,
            mend: """
                On the sending machine itself the network card may fill it in after the capture: \
                what a system leaves there for the card is recognised. Elsewhere, look for damage \
                on the way, or for an attempt to show an observer what the receiver does not take.
                """
        )
    }

    static var urgentData: CatalogueEntry {
        CatalogueEntry(
            .urgentData,
            sentence:
                "A segment marks a byte as urgent: its receiver may take it out of the stream.",
            reference: "RFC 9293 §3.8.5",
            rule: """
                With URG set, the urgent pointer marks a place in the stream. Many systems hand the \
                byte there to the program apart from the others, so that the program reads a stream \
                that is one byte shorter. The byte is shown where it was sent.
                """,
            example: "seq=1 URG pointer=5 data=GET /x HTTP/1.1",
            marked: "URG pointer=5",
            elsewhere: """
                RFC 9293 advises new applications against it, and HTTP has no use for it. \
                Receivers differ in whether the byte stays in the stream.
                """,
            mend: "Look for who sends it: it is known as a way to hide bytes from an observer."
        )
    }

    static var reset: CatalogueEntry {
        CatalogueEntry(
            .reset,
            sentence: "The connection was reset.",
            reference: "RFC 9293 §3.5.2",
            rule: """
                A RST ends a connection at once: what was not delivered is lost. It answers \
                segments for which no connection exists, and aborts.
                """,
            example: "seq=58 len=0 RST",
            marked: "RST",
            elsewhere: """
                The client's program reports connection reset by peer. A server that closes with \
                unread bytes sends RST after its answer, which may destroy it.
                """,
            mend: """
                See which end sent it, and when: that stands below the exchange. Servers should read the whole request before they \
                close (RFC 9112 §9.6).
                """
        )
    }

    static var zeroWindow: CatalogueEntry {
        CatalogueEntry(
            .zeroWindow,
            sentence: "The receiver had no room, so that the sender had to wait.",
            reference: "RFC 9293 §3.8.6.1",
            rule: """
                A receiver that announces a window of 0 stops the sender until it announces more; \
                the sender probes meanwhile.
                """,
            example: "ack=65536 win=0",
            marked: "win=0",
            elsewhere: "Wireshark marks TCP ZeroWindow and TCP Window Full.",
            mend: "The receiving program reads too slowly: look there, not at the network."
        )
    }

    static var frameCutBySnaplen: CatalogueEntry {
        CatalogueEntry(
            .frameCutBySnaplen,
            sentence: """
                The capture kept only the first part of a frame, so that bytes of the stream are \
                missing.
                """,
            reference: "draft-ietf-opsawg-pcapng §4.3",
            rule: """
                A capture keeps so many bytes of each frame as its snap length allows; captured \
                and original length of the frame then differ.
                """,
            example: "frame: 1514 bytes on wire, 96 bytes captured",
            marked: "96 bytes captured",
            elsewhere: """
                Wireshark says Packet size limited during capture, and cannot reassemble the \
                message.
                """,
            mend: "Capture whole frames: tcpdump -s 0, httptrace capture without --snaplen."
        )
    }

    static var memoryLimitReached: CatalogueEntry {
        CatalogueEntry(
            .memoryLimitReached,
            sentence: "Memory is limited, and a part of the stream that was not over was given up.",
            reference: "httptrace --memory-limit",
            rule: """
                Everything that is kept counts with what it takes of memory, and no count of \
                connections, requests or segments is limited beside it. What holds least is given \
                up first: connections that carried nothing, that are closed or on which nothing is \
                open; then what waits for missing segments, and last messages that are not over. \
                Of each kind those go first that were silent longest. What is given up is counted \
                and said.
                """,
            example: "buffered: 1,073,741,824 of 1,073,741,824 bytes",
            marked: "1,073,741,824 of",
            elsewhere: "Wireshark has no such limit and grows with the capture.",
            mend: "Raise --memory-limit, or filter the capture with -f."
        )
    }
}
