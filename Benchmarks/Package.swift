// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who only uses the project fetches what it is measured with.
// It compiles the core's sources again (Sources is a link to those beside it): what is measured is
// `package`, and so is seen by no other package.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

extension Target {
    /// A module of the core, as in the project's own manifest.
    static func module(_ name: String, _ dependencies: [Dependency] = []) -> Target {
        .target(name: name, dependencies: dependencies, swiftSettings: settings)
    }
}

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        // Without its traits: they count allocations with an allocator of their own, which is not
        // the one that the program runs with.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: [])
    ],
    targets: [
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
        .executableTarget(
            name: "Core",
            dependencies: [
                "Bytes", "Packets", "Reassembly", "HTTPWire", "Trace", "TraceOutput",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Core",
            swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)
