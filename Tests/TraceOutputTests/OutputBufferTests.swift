import Bytes
import Packets
import Testing
import TraceOutput

@Suite struct OutputBufferTests {
    @Test(arguments: [0, 7, 10, 99, 100, 12_345, -1, -9_876, .max, .min])
    func `integers are those of the standard library`(value: Int) {
        #expect(Samples.text { $0.append(value) } == String(value))
    }

    @Test func `integers of every length are those of the standard library`() {
        var power = 1
        while true {
            for value in [power - 1, power, power + 1, -power] {
                #expect(Samples.text { $0.append(value) } == String(value))
            }
            let (next, overflow) = power.multipliedReportingOverflow(by: 10)
            if overflow { return }
            power = next
        }
    }

    /// How a part is copied depends on its length and on how far from the end it begins.
    @Test func `parts of any length are copied, close to the end too`() {
        let bytes = [UInt8](0..<100)
        for end in 0...100 {
            for start in 0...end {
                let part = start..<end
                var buffer = OutputBuffer(capacity: 1)
                buffer.append("<")
                buffer.append(part, of: bytes.span)
                buffer.append(">")
                let copy = buffer.withBytes { [UInt8](copying: $0) }
                guard copy == [0x3C] + bytes[part] + [0x3E] else {
                    Issue.record("\(part) became \(copy)")
                    return
                }
            }
        }
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_002_003, "1,002,003"), (45_006, "45,006"),
    ])
    func `counts are grouped by three digits`(value: Int, text: String) {
        #expect(Samples.text { $0.append(grouped: value) } == text)
    }

    @Test(arguments: [
        (Int64(0), "0.0"), (85_000, "0.000085"), (21, "0.000000021"), (1_250_000_000, "1.25"),
        (3_000_000_000, "3.0"), (-85_000, "-0.000085"), (.max, "9223372036.854775807"),
    ])
    func `seconds have the digits that they need`(nanoseconds: Int64, text: String) {
        #expect(Samples.text { $0.append(seconds: nanoseconds) } == text)
    }

    @Test func `it grows, is emptied, and takes back`() {
        var buffer = OutputBuffer(capacity: 1)
        for _ in 0..<1000 { buffer.append("0123456789") }
        let count = buffer.count
        #expect(count == 10_000)
        buffer.truncate(to: 5)
        let kept = buffer.withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
        #expect(kept == "01234")
        buffer.removeAll()
        let isEmpty = buffer.isEmpty
        #expect(isEmpty)
    }

    @Test func `hexadecimal rows have offset, bytes and characters`() {
        let bytes = Array("Hello World!\n\u{1B}[31mred".utf8)
        let text = Samples.text { $0.append(hexadecimal: bytes.span, indent: 2) }
        #expect(
            text == """
                  0000  48 65 6c 6c 6f 20 57 6f  72 6c 64 21 0a 1b 5b 33  Hello World!..[3
                  0010  31 6d 72 65 64                                    1mred

                """
        )
    }
}

@Suite struct TimestampTextTests {
    @Test(arguments: [
        (Int64(0), UInt8(6), "1970-01-01T00:00:00.000000Z"),
        (1_795_383_448_000_912_000, 6, "2026-11-22T21:37:28.000912Z"),
        (1_795_383_448_000_912_345, 9, "2026-11-22T21:37:28.000912345Z"),
        (1_795_383_448_999_999_999, 0, "2026-11-22T21:37:28Z"),
        (1_795_383_448_999_999_999, 3, "2026-11-22T21:37:28.999Z"),
        (951_782_400_000_000_000, 0, "2000-02-29T00:00:00Z"),
        (951_868_800_000_000_000, 0, "2000-03-01T00:00:00Z"),
        (1_709_251_199_000_000_000, 0, "2024-02-29T23:59:59Z"),
        (4_107_542_399_000_000_000, 0, "2100-02-28T23:59:59Z"),
        (4_107_542_400_000_000_000, 0, "2100-03-01T00:00:00Z"),
        (-1, 9, "1969-12-31T23:59:59.999999999Z"),
        (-86_400_000_000_000, 0, "1969-12-31T00:00:00Z"),
        (.max, 9, "2262-04-11T23:47:16.854775807Z"),
        (.min, 9, "1677-09-21T00:12:43.145224192Z"),
    ])
    func `times are RFC 3339 with the capture's digits`(
        nanoseconds: Int64,
        digits: UInt8,
        text: String
    ) {
        let time = Timestamp(nanoseconds: nanoseconds, digits: digits)
        #expect(
            Samples.text { buffer in
                var times = TimestampText()
                times.append(time, to: &buffer)
            } == text
        )
    }

    @Test func `the kept second does not leak into another`() {
        let text = Samples.text { buffer in
            var times = TimestampText()
            for second in [1, 1, 2, -1] as [Int64] {
                let time = Timestamp(nanoseconds: second * 1_000_000_000, digits: 0)
                times.append(timeOfDay: time, digits: 0, to: &buffer)
                buffer.append(" ")
            }
        }
        #expect(text == "00:00:01 00:00:01 00:00:02 23:59:59 ")
    }
}

@Suite struct EndpointTextTests {
    @Test(arguments: [
        (UInt64(0), UInt64(0), "::"), (0, 1, "::1"), (0x2001_0db8_0000_0000, 1, "2001:db8::1"),
        (0xfe80_0000_0000_0000, 0x0202_b3ff_fe1e_8329, "fe80::202:b3ff:fe1e:8329"),
        (0x2001_0db8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),
        (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),
        (0x2001_0db8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
        (0x0001_0000_0000_0000, 0, "1::"), (0, 0xFFFF_C0A8_0001, "::ffff:192.168.0.1"),
        (.max, .max, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        (0x0001_0002_0003_0004, 0x0005_0006_0007_0000, "1:2:3:4:5:6:7:0"),
    ])
    func `IPv6 addresses are canonical`(high: UInt64, low: UInt64, text: String) {
        #expect(IPAddress(high: high, low: low).description == text)
    }

    @Test(arguments: [
        (UInt32(0x7F00_0001), "127.0.0.1"), (0, "0.0.0.0"), (.max, "255.255.255.255"),
        (0x0A64_0901, "10.100.9.1"),
    ])
    func `IPv4 addresses are dotted decimals`(bits: UInt32, text: String) {
        #expect(IPAddress(version4: bits).description == text)
    }

    @Test(arguments: [(UInt16(0), "0"), (80, "80"), (8080, "8080"), (65535, "65535")])
    func `endpoints have their port, IPv6 addresses brackets`(port: UInt16, text: String) {
        let four = Endpoint(address: IPAddress(version4: 0x0100_0001), port: port)
        let six = Endpoint(address: IPAddress(high: 0, low: 1), port: port)
        #expect(four.description == "1.0.0.1:\(text)")
        #expect(six.description == "[::1]:\(text)")
    }
}

@Suite struct LocalTimestampTests {
    private static let seoul = TimeZoneRule { _ in .init(seconds: 9 * 3600, name: "KST") }

    private func text(_ time: Timestamp, _ display: TimeDisplay, _ zone: TimeZoneRule) -> String {
        Samples.text { buffer in
            var times = TimestampText(display, zone: zone)
            times.append(time, to: &buffer)
        }
    }

    private static let moment = Timestamp(nanoseconds: 1_795_383_448_000_912_000)

    @Test(arguments: [
        (TimeDisplay.local, "2026-11-23T06:37:28.000912+09:00"),
        (.utc, "2026-11-22T21:37:28.000912Z"), (.epoch, "1795383448.000912"),
        (.relative, "0.000000 s"), (.delta, "0.000000 s"),
    ])
    func `a time is shown as asked for`(display: TimeDisplay, expected: String) {
        #expect(text(Self.moment, display, Self.seoul) == expected)
    }

    @Test(arguments: [
        (0, "UTC", "Z"), (0, "GMT", "+00:00"), (-12_600, "NST", "-03:30"),
        (20_700, "+0545", "+05:45"), (50_400, "+14", "+14:00"),
    ])
    func `the offset is that of the place`(seconds: Int, name: String, suffix: String) {
        let zone = TimeZoneRule { _ in .init(seconds: seconds, name: name) }
        #expect(text(Self.moment, .local, zone).hasSuffix(".000912\(suffix)"))
    }

    @Test func `times before 1970 are right east of Greenwich`() {
        let time = Timestamp(nanoseconds: -1, digits: 9)
        #expect(text(time, .local, Self.seoul) == "1970-01-01T08:59:59.999999999+09:00")
        #expect(text(time, .epoch, Self.seoul) == "-0.000000001")
    }
}
