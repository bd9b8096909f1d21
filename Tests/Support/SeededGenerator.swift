/// Random numbers that are the same in every run (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension Array {
    /// Every order of the elements.
    package var permutations: [[Element]] {
        guard let first else { return [[]] }
        return Array(dropFirst()).permutations.flatMap { rest in
            (0...rest.count).map { place in
                var order = rest
                order.insert(first, at: place)
                return order
            }
        }
    }

    /// With elements changed in place as chance will, none further than `window` places, and some
    /// of them there twice.
    package func disturbed(
        window: Int,
        doubling: Double,
        using generator: inout SeededGenerator
    ) -> [Element] {
        let keyed = enumerated().map { index, element in
            (key: index + Int.random(in: 0...window, using: &generator), element)
        }
        let moved = keyed.sorted { $0.key < $1.key }.map(\.1)
        return moved.flatMap { element in
            Double.random(in: 0..<1, using: &generator) < doubling ? [element, element] : [element]
        }
    }
}
