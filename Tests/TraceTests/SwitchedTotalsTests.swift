import Support
import Testing

@testable import Trace

@Suite struct SwitchedTotalsTests {
    /// Names of protocols, some of which come often.
    private static func names(_ count: Int, using generator: inout SeededGenerator) -> [String] {
        (0..<count).map { _ in
            let choice = Int.random(in: 0..<4, using: &generator)
            return choice == 0
                ? "p\(Int.random(in: 0..<50, using: &generator))"
                : "x\(Int.random(in: 0..<30_000, using: &generator))"
        }
    }

    @Test(arguments: [100, 20_000, 60_000])
    func `totals of parts add up to those of the whole`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let names = Self.names(count, using: &generator)
        var whole = SwitchedTotals()
        var parts = [SwitchedTotals(), SwitchedTotals(), SwitchedTotals()]
        for name in names {
            whole.add(SwitchedTraffic(name: name))
            let part = Int.random(in: parts.indices, using: &generator)
            parts[part].add(SwitchedTraffic(name: name))
        }
        for order in Array(parts.indices).permutations {
            var sum = SwitchedTotals()
            for index in order { sum.add(parts[index]) }
            #expect(sum.shown == whole.shown)
        }
        #expect(whole.shown.values.reduce(0) { $0 + $1.connections } == count)
        #expect(whole.shown.count <= 65)
    }

    @Test func `the protocols of most connections are shown apart`() {
        var totals = SwitchedTotals()
        for number in 0..<100 {
            for _ in 0..<(number == 77 ? 3 : 1) {
                totals.add(SwitchedTraffic(name: "p\(number)"))
            }
        }
        #expect(totals.shown["p77"]?.connections == 3)
        #expect(totals.shown["others"]?.connections == 36)
    }
}
