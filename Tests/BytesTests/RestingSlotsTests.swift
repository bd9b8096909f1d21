import Bytes
import Testing

/// Values that rest are as they were, and each of them ends once.
struct RestingSlotsTests {
    /// Counts those that live.
    private final class Census {
        var living = 0
    }

    private final class Citizen {
        let name: Int
        private let census: Census

        init(_ name: Int, _ census: Census) {
            self.name = name
            self.census = census
            census.living += 1
        }

        deinit { census.living -= 1 }
    }

    /// A value with all that may make trouble: references, an array, payloads of enums, room between
    /// members.
    private struct Value: ~Copyable {
        enum State: Equatable {
            case nothing
            case number(Int)
            case text(String)
        }

        var number = 0
        var flag = false
        var state = State.nothing
        var array: [Int] = []
        var citizen: Citizen?
        var unused: (Int, Int, Int, Int, Int, Int, Int, Int) = (0, 1, 2, 3, 4, 5, 6, 7)
        var odd: UInt16 = 0
        var last: Int64?
    }

    /// What a value is expected to hold.
    private struct Expected {
        var number: Int
        var isFlagged: Bool
        var state: Value.State
        var array: [Int]
        var hasCitizen: Bool

        init(_ number: Int) {
            self.number = number
            isFlagged = number % 3 == 0
            state = [.nothing, .number(number), .text("the state of \(number)")][number % 3]
            array = Array(0..<number % 5)
            hasCitizen = number % 2 == 0
        }

        func value(_ census: Census) -> Value {
            var value = Value()
            value.number = number
            value.flag = isFlagged
            value.state = state
            value.array = array
            value.citizen = hasCitizen ? Citizen(number, census) : nil
            value.odd = UInt16(truncatingIfNeeded: number)
            value.last = isFlagged ? nil : Int64(number) << 40
            return value
        }

        func isLike(_ value: borrowing Value) -> Bool {
            value.number == number && value.flag == isFlagged && value.state == state
                && value.array == array && value.citizen?.name == (hasCitizen ? number : nil)
                && value.odd == UInt16(truncatingIfNeeded: number)
                && value.last == (isFlagged ? nil : Int64(number) << 40)
                && value.unused.7 == 7
        }
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(arguments: [1, 2, 3, 7, 50], 0..<4)
    func `values are the same whether they rest or not`(limit: Int, seed: Int) {
        let census = Census()
        do {
            var random = Generator(state: UInt64(seed))
            var slots = RestingSlots(template: Value(), limit: limit)
            var expected: [Expected?] = []
            for step in 0..<3000 {
                let slot = expected.isEmpty ? 0 : Int.random(in: expected.indices, using: &random)
                switch Int.random(in: 0..<8, using: &random) {
                case 0 where expected.count < 40:
                    #expect(slots.append() == expected.count)
                    expected.append(nil)
                case 1 where !expected.isEmpty:
                    slots.clear(slot)
                    expected[slot] = nil
                case 2 where !expected.isEmpty, 3 where !expected.isEmpty:
                    let value = Expected(step)
                    slots.put(value.value(census), in: slot)
                    expected[slot] = value
                case 4, 5:
                    guard var value = expected.isEmpty ? nil : expected[slot] else { continue }
                    slots[slot].array.append(step)
                    value.array.append(step)
                    expected[slot] = value
                default:
                    guard let value = expected.isEmpty ? nil : expected[slot] else { continue }
                    let isSame = value.isLike(slots[slot])
                    #expect(isSame)
                }
            }
            #expect(slots.count == expected.count)
            for case (let slot, let value?) in expected.enumerated() {
                let isSame = value.isLike(slots[slot])
                #expect(isSame)
            }
            #expect(census.living == expected.count { $0?.hasCitizen == true })
        }
        #expect(census.living == 0)
    }

    @Test func `a template may hold memory of its own`() {
        let census = Census()
        do {
            var slots = RestingSlots(template: Expected(4).value(census), limit: 1)
            for _ in 0..<3 { _ = slots.append() }
            slots.put(Expected(6).value(census), in: 0)
            slots.put(Expected(8).value(census), in: 2)
            #expect(census.living == 3)
            slots.clear(0)
            #expect(census.living == 2)
            let isSame = Expected(8).isLike(slots[2])
            #expect(isSame)
        }
        #expect(census.living == 0)
    }

    @Test func `what is looked at goes on resting`() {
        let census = Census()
        var slots = RestingSlots(template: Value(), limit: 2)
        for number in 0..<20 {
            slots.put(Expected(number).value(census), in: slots.append())
        }
        for _ in 0..<2 {
            for number in 0..<20 {
                let isSame = Expected(number).isLike(slots[number])
                #expect(isSame)
            }
        }
        #expect(census.living == 10)
    }
}
