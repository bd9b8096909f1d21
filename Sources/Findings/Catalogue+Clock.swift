/// What the catalogue says of findings about the capture's clock.
extension CatalogueEntry {
    static var clockWentBack: CatalogueEntry {
        CatalogueEntry(
            .clockWentBack,
            sentence: """
                The capture's clock went back between two frames of this exchange: how long it took \
                across them is not known.
                """,
            reference: "draft-ietf-opsawg-pcapng §4.3",
            rule: """
                Frames have the time that the clock of the capturing machine shows. Where somebody or \
                NTP sets that clock, a later frame may have an earlier time, and no difference of \
                times across the step is a duration.
                """,
            example: "frame 5 12:00:00.020, frame 6 11:00:00.021",
            marked: "frame 6",
            elsewhere: """
                Wireshark shows a negative time since the previous frame, and negative response \
                times; reordercap sorts the frames by their times, which breaks the streams.
                """,
            mend: """
                Let the capturing machine's clock be slewed and not stepped while it captures. \
                Captures that were joined belong in the order in which they were made.
                """
        )
    }
}
