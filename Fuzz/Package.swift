// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what it is built with is nobody else's: the modules that read
// foreign bytes are compiled again (Sources is a link to those beside it), with the fuzzer's
// counters in them. `make fuzz` in the folder above builds and runs it.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

extension Target {
    /// A module of the project, as in its own manifest.
    static func module(_ name: String, _ dependencies: [Dependency] = []) -> Target {
        .target(name: name, dependencies: dependencies, swiftSettings: settings)
    }
}

extension Target.Dependency {
    static let system = product(name: "SystemPackage", package: "swift-system")
}

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1")
    ],
    targets: [
        .systemLibrary(name: "CPcap", pkgConfig: "libpcap"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd"),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4"),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec"),
        .systemLibrary(name: "CIconv"),
        .module("Bytes"),
        .module("Findings", ["Bytes"]),
        .module("Packets", ["Bytes", "Findings"]),
        .module("Reassembly", ["Bytes", "Packets"]),
        .module("HTTPWire", ["Bytes", "Findings"]),
        .module(
            "Trace",
            ["Bytes", "Findings", "Packets", "Reassembly", "HTTPWire", "Content"]
        ),
        .module("Decompression", ["CZlib", "CZstd", "CLZ4", "CBrotli"]),
        .target(
            name: "Charsets",
            dependencies: ["CIconv"],
            swiftSettings: settings,
            linkerSettings: [.linkedLibrary("iconv", .when(platforms: [.macOS]))]
        ),
        .module("Content", ["Bytes", "Decompression", "Charsets"]),
        .module(
            "TraceOutput",
            ["Bytes", "Findings", "Packets", "HTTPWire", "Trace", "Content"]
        ),
        .module(
            "Expectations",
            ["Bytes", "Findings", "Packets", "HTTPWire", "Trace", "Content"]
        ),
        .module("CaptureIO", ["CPcap", "Decompression", "Bytes", "Packets", .system]),
        .module("Peers", ["Bytes", "Findings", "HTTPWire", "Content", .system]),
        .target(
            name: "Support",
            dependencies: [
                "Bytes", "Findings", "Packets", "HTTPWire", "Trace", "CaptureIO", "CZlib", "CZstd",
                "CLZ4", .system,
            ],
            path: "Tests/Support",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Bytes", "Packets", "Reassembly", "HTTPWire", "Trace", "Content", "TraceOutput",
                "Expectations", "CaptureIO", "Peers", "Support", .system,
            ],
            path: "Harness",
            // The fuzzer brings its own `main`.
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]
        ),
    ]
)
