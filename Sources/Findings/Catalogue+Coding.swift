/// What the catalogue says of content that is not what its coding says.
extension CatalogueEntry {
    static var unknownContentCoding: CatalogueEntry {
        CatalogueEntry(
            .unknownContentCoding,
            sentence: """
                One recipient gives up and another takes the content as it is, as its coding is none \
                that is registered.
                """,
            reference: "RFC 9110 §8.4.1",
            rule: """
                Content-Encoding lists what was done to the content and has to be undone: gzip, \
                deflate, br, zstd and the other names of IANA's registry. A charset, the name of a \
                transfer coding, or none is no content coding.
                """,
            example: #"Content-Encoding: utf-8\r\nContent-Length: 5\r\n\r\nhello"#,
            marked: "utf-8",
            elsewhere: """
                curl --compressed ends with error 61 (unrecognized content encoding type); the fetch \
                of Node.js gives the content as it is. tshark 4.0 says that decompression failed.
                """,
            mend: """
                Leave Content-Encoding out where the content is not coded; a charset belongs in \
                Content-Type.
                """
        )
    }

    static var undecodedContentCoding: CatalogueEntry {
        CatalogueEntry(
            .undecodedContentCoding,
            sentence: """
                Whether the content is what its coding says was not looked at, as this one is not \
                removed here.
                """,
            reference: "RFC 9110 §8.4.1",
            rule: """
                A recipient may support any of the registered content codings, or none. Here gzip, \
                deflate, br and zstd are removed.
                """,
            example: #"Content-Encoding: compress\r\nContent-Length: 5\r\n\r\n\x1F\x9D\x90hi"#,
            marked: "compress",
            elsewhere: """
                curl --compressed ends with error 61 (unrecognized content encoding type); the fetch \
                of Node.js gives the content as it is.
                """,
            mend: "Nothing, where the recipient asked for it in Accept-Encoding."
        )
    }

    static var contentCodingMismatch: CatalogueEntry {
        CatalogueEntry(
            .contentCodingMismatch,
            sentence: "The content is not in the format that its coding stands for.",
            reference: "RFC 9110 §8.4",
            rule: """
                A sender lists the codings that it has applied, in their order, and no others. gzip \
                is the format of RFC 1952, deflate the zlib format of RFC 1950, br that of RFC 7932 \
                and zstd that of RFC 8878.
                """,
            example:
                #"Content-Encoding: gzip\r\nContent-Length: 24\r\n\r\nThis is not gzip at all\n"#,
            marked: "gzip",
            elsewhere: """
                curl --compressed ends with error 61 (incorrect header check) and the fetch of \
                Node.js with Z_DATA_ERROR; curl takes zlib data under the name of gzip, Node.js does \
                not. tshark 4.0 says that decompression failed.
                """,
            mend: """
                Name the coding that was applied, or none: a proxy or a program that decodes content \
                has to take the field away.
                """
        )
    }

    static var deflateWithoutZlib: CatalogueEntry {
        CatalogueEntry(
            .deflateWithoutZlib,
            sentence: """
                The content lacks the zlib format around DEFLATE, without which not every recipient \
                decodes this coding.
                """,
            reference: "RFC 9110 §8.4.1.2",
            rule: """
                The coding deflate is DEFLATE data (RFC 1951) in the zlib format (RFC 1950), with \
                its header of two bytes and its checksum. Some senders leave these out.
                """,
            example: #"Content-Encoding: deflate\r\nContent-Length: 4\r\n\r\nK\x04\x00\x00"#,
            marked: "deflate",
            elsewhere: "curl and the fetch of Node.js take both.",
            mend: "Send gzip, which has no such doubt, or zlib's own format."
        )
    }

    static var damagedContentCoding: CatalogueEntry {
        CatalogueEntry(
            .damagedContentCoding,
            sentence: "The content is damaged and cannot be decoded to the end of its coding.",
            reference: "RFC 9110 §8.4",
            rule: """
                The content is what the coding made of the representation. Where a decoder cannot go \
                on, something has changed the bytes since, or two pieces of data were mixed.
                """,
            example: #"Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n\x1F\x8B\x08\x00\r\n"#,
            marked: "gzip",
            elsewhere: """
                curl --compressed gives what it could decode and ends with error 61; the fetch of \
                Node.js ends with Z_DATA_ERROR.
                """,
            mend: """
                Look for what changes bytes on the way: a file opened as text, a second compressor on \
                the same buffer, an answer made of two.
                """
        )
    }

    static var contentChecksumMismatch: CatalogueEntry {
        CatalogueEntry(
            .contentChecksumMismatch,
            sentence: """
                The decoded content does not have the checksum or the length that stands at the end \
                of its coding.
                """,
            reference: "RFC 9110 §8.4.1.3",
            rule: """
                A member of gzip ends with a CRC and the length of what was compressed (RFC 1952 \
                §2.3.1), zlib data with an Adler checksum (RFC 1950 §2.2), and a frame of zstd may \
                end with a checksum. A decoder compares it with what came out.
                """,
            example: #"Content-Encoding: gzip\r\nContent-Length: 28\r\n\r\n\x1F\x8B\x08\x00"#,
            marked: "gzip",
            elsewhere: """
                curl --compressed gives the content and ends with error 61 (incorrect data check); \
                the fetch of Node.js ends with Z_DATA_ERROR. tshark 4.0 shows the content and says \
                nothing.
                """,
            mend: """
                Have one library write the whole of it; where the checksum is right when it is sent, \
                something changes the content on the way.
                """
        )
    }

    static var truncatedContentCoding: CatalogueEntry {
        CatalogueEntry(
            .truncatedContentCoding,
            sentence: "The message is whole, and its content stops before the end of its coding.",
            reference: "RFC 9110 §8.4",
            rule: """
                Coded data says itself where it ends, behind its checksum. A message that its \
                framing ends before that lacks the rest of the representation.
                """,
            example: #"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1F\x8B\x08\x00"#,
            marked: "gzip",
            elsewhere: """
                curl --compressed and the fetch of Node.js give what could be decoded and report \
                nothing, so that a part passes for the whole.
                """,
            mend: """
                Finish the compressor before the message ends, and make Content-Length the length of \
                what was compressed.
                """
        )
    }

    static var bytesAfterContentCoding: CatalogueEntry {
        CatalogueEntry(
            .bytesAfterContentCoding,
            sentence: """
                One recipient drops, and another refuses, the bytes of the content that follow the \
                end of its coding.
                """,
            reference: "RFC 9110 §8.4",
            rule: """
                The whole of the content is what the coding has made. Several members of gzip, or \
                frames of zstd, may follow one another; anything else may not.
                """,
            example: #"Content-Encoding: gzip\r\nContent-Length: 32\r\n\r\n\x1F\x8B\x08\x00"#,
            marked: "gzip",
            elsewhere: """
                curl --compressed gives the decoded content and ends with error 23; the fetch of \
                Node.js drops the bytes.
                """,
            mend: """
                Look for what is written behind the compressed data, such as a footer, padding, or \
                the rest of a buffer.
                """
        )
    }
}
