import Foundation

/// What an input is given to, by the environment's `FUZZ_TARGET`; one program has them all, so that
/// there is one to build.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
        fatalError("FUZZ_TARGET is to be one of \(names)")
    }
    return target
}()

/// libFuzzer's entry point: tries one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(unsafe [UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Ends the program with a crash, which the fuzzer reports with its input, where `condition` does
/// not hold.
func require(
    _ condition: Bool,
    _ complaint: @autoclosure () -> String,
    line: UInt = #line
) {
    if !condition { fatalError("\(complaint()) (line \(line))") }
}
