/// The ways in which TCP may cut `bytes`: not at all, into single bytes, and at every point into
/// two.
package func deliveries(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
    var result: [[ArraySlice<UInt8>]] = [[bytes[...]]]
    guard bytes.count > 1 else { return result }
    result.append(bytes.indices.map { bytes[$0...$0] })
    result += (1..<bytes.count).map { [bytes[..<$0], bytes[$0...]] }
    return result
}
