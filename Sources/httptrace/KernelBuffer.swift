import ArgumentParser
import Console

/// The memory for frames that nobody has looked at yet.
struct KernelBuffer: ParsableArguments {
    @Option(
        help: ArgumentHelp("The kernel's buffer for frames on their way.", valueName: "bytes")
    )
    var buffer = ByteCount(67_108_864)

    func validate() throws {
        guard (65_536...2_147_483_647).contains(buffer.bytes) else {
            throw ValidationError("--buffer must be from 65536 to 2147483647.")
        }
    }
}
