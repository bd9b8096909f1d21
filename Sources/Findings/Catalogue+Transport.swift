/// What the catalogue says of segments that a receiver does not take as they stand.
extension CatalogueEntry {
    static var resentAfterLoss: CatalogueEntry {
        CatalogueEntry(
            .resentAfterLoss,
            sentence: "Bytes were lost before the place of capture, and sent again.",
            reference: "RFC 9293 §3.8.1",
            rule: """
                Later bytes came first, and these came more than a round trip behind them, or \
                behind three duplicate acknowledgements: their sender had to send them again. The \
                time in between is the network's, not that of the end that sent them.
                """,
            example: "seq=1461 len=1460, ack=1, ack=1, 300 ms later seq=1 len=1460",
            marked: "300 ms later",
            elsewhere: """
                Wireshark marks TCP Out-Of-Order, TCP Retransmission or TCP Fast Retransmission, \
                and counts the time in the response's.
                """,
            mend: """
                Look for loss between the sender and the place of capture. The time that it took \
                to mend the loss is among the times of the exchange.
                """
        )
    }

    static var dataAfterReset: CatalogueEntry {
        CatalogueEntry(
            .dataAfterReset,
            sentence: "One end went on sending after the other had reset the connection.",
            reference: "RFC 9293 §3.5.2",
            rule: """
                Who resets a connection takes nothing more of it. What the other end sends before \
                it hears of that is on the wire, and is refused.
                """,
            example: "client: seq=47 RST, server: seq=1449 len=1448",
            marked: "seq=1449 len=1448",
            elsewhere: """
                Wireshark shows the segments as part of the stream, and each reset that answers \
                one of them.
                """,
            mend: """
                The end that reset had lost interest: a client that was closed or that had seen \
                enough, or a server that did not read the whole request.
                """
        )
    }

    static var ignoredReset: CatalogueEntry {
        CatalogueEntry(
            .ignoredReset,
            sentence: "A reset was sent that did not end the connection.",
            reference: "RFC 9293 §3.10.7.4",
            rule: """
                A RST counts where its number is the next that its receiver expects; any other is \
                dropped, or answered with an acknowledgement. Here it had another number, or its \
                sender went on as if it had not been sent.
                """,
            example: "next seq=9001, seq=13001 RST, seq=9001 len=49",
            marked: "seq=13001 RST",
            elsewhere: "Wireshark marks the connection as reset.",
            mend: """
                Look for a device between the ends that sends resets in their names: its packets \
                mostly have another time to live than theirs.
                """
        )
    }

    static var ignoredSYN: CatalogueEntry {
        CatalogueEntry(
            .ignoredSYN,
            sentence: "A SYN was sent within the connection, and neither end took it up.",
            reference: "RFC 9293 §3.10.7.4",
            rule: """
                A SYN within a connection opens no other one, and a second SYN-ACK moves no \
                number, unless the other end answers it: the connection goes on with the numbers \
                that it had.
                """,
            example: "seq=100 len=57, seq=305419896 SYN, seq=157 len=10",
            marked: "seq=305419896 SYN",
            elsewhere: "Wireshark begins another stream at a SYN with another number.",
            mend: """
                An answer to a SYN that was sent twice may be late; otherwise look for who sends \
                segments in the name of one of the ends.
                """
        )
    }

    static var ignoredSegment: CatalogueEntry {
        CatalogueEntry(
            .ignoredSegment,
            sentence: "Bytes were sent that are not taken into the stream.",
            reference: "RFC 9293 §3.10.7.4",
            rule: """
                A receiver takes what lies in its window and acknowledges what it has sent itself, \
                and drops any other segment. These bytes have numbers that are not the connection's, \
                or lie at a place that the stream had passed, and nothing of them was seen there \
                before: so they are no retransmission that the capture shows.
                """,
            example: "seq=9000 SYN, seq=9001 len=46, seq=6050 len=52, seq=9047 len=46",
            marked: "seq=6050 len=52",
            elsewhere: """
                Wireshark marks TCP Retransmission, TCP Spurious Retransmission, or TCP Previous \
                segment not captured.
                """,
            mend: """
                Look for a device that sends in the name of one of the ends, or for segments of an \
                earlier connection between the same ports; a capture whose frames are far out of \
                order shows it too.
                """
        )
    }

    static var missingAcknowledgement: CatalogueEntry {
        CatalogueEntry(
            .missingAcknowledgement,
            sentence: """
                A segment had no ACK flag, though its sender sets it: the receiver drops such a one, \
                and it is not part of the stream.
                """,
            reference: "RFC 9293 §3.10.7.4",
            rule: """
                Once a connection is open, each segment acknowledges something. One whose ACK bit \
                is off is dropped, whatever else is in it.
                """,
            example: "seq=9001 ack=58 len=49, seq=9050 [PSH] len=42",
            marked: "seq=9050 [PSH] len=42",
            elsewhere: "Wireshark takes the bytes as part of the stream.",
            mend: """
                Look for who sends segments in the name of one of the ends: TCP itself never sends \
                one like that.
                """
        )
    }

    static var paddedSegment: CatalogueEntry {
        CatalogueEntry(
            .paddedSegment,
            sentence: "Zeros behind an acknowledgement are padding, and not part of the stream.",
            reference: "RFC 9293 §3.4",
            rule: """
                Ethernet fills short frames with zeros. Here the length in the IP header counts \
                them, but they have no place in the stream: the next segment has the same sequence \
                number, and the other end never acknowledges them.
                """,
            example: "seq=1 ack=1 len=6 data=00 00 00 00 00 00, seq=1 len=46",
            marked: "00 00 00 00 00 00",
            elsewhere: """
                Wireshark takes the zeros as data, and the next segment as a retransmission.
                """,
            mend: "Look for a device that rewrites the IP header of short packets."
        )
    }

    static var uncountedNumbers: CatalogueEntry {
        CatalogueEntry(
            .uncountedNumbers,
            sentence: """
                The sequence numbers are not counted as TCP counts them: no TCP sent these packets.
                """,
            reference: "RFC 9293 §3.4",
            rule: """
                A SYN and each byte take one sequence number, and an acknowledgement names the \
                next one. Here the SYN takes none, or the numbers stand still. The bytes are taken \
                in the order in which they were captured.
                """,
            example: "seq=1000 SYN, seq=9000 ack=1000 SYN, seq=1000 len=52",
            marked: "seq=1000 len=52",
            elsewhere: "Wireshark marks TCP Retransmission, and may show no message.",
            mend: """
                The capture was written by a program, for a test or an exercise: have it count as \
                TCP does.
                """
        )
    }
}
