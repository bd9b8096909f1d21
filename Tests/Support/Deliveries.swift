/// The ways in which TCP may cut `bytes`: not at all, into single bytes, and at every point into
/// two.
package func deliveries(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
    var result: [[ArraySlice<UInt8>]] = [[bytes[...]]]
    guard bytes.count > 1 else { return result }
    result.append(bytes.indices.map { bytes[$0...$0] })
    result += (1..<bytes.count).map { [bytes[..<$0], bytes[$0...]] }
    return result
}

/// `bytes` cut into pieces of random lengths, most of them short.
package func randomCut(
    of bytes: [UInt8],
    using generator: inout SeededGenerator
) -> [ArraySlice<UInt8>] {
    let longest = Int.random(in: 1...40, using: &generator)
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = Int.random(in: 1...min(longest, rest.count), using: &generator)
        pieces.append(rest.prefix(count))
        rest = rest.dropFirst(count)
    }
    return pieces
}
