// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where the project's own checks build it, and nowhere else: a newer compiler
/// may have new ones.
let strictness: [SwiftSetting] =
    Context.environment["HTTPTRACE_WARNINGS_AS_ERRORS"] == nil
    ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
    strictness + [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]

extension Target {
    /// A library target of this package, with the settings that all of them share.
    static func module(_ name: String, _ dependencies: [Dependency] = []) -> Target {
        .target(name: name, dependencies: dependencies, swiftSettings: settings)
    }

    /// A command; it holds options and wiring only.
    static func command(
        _ name: String,
        _ dependencies: [Dependency],
        leavingOut excluded: [String] = []
    ) -> Target {
        .executableTarget(
            name: name,
            dependencies: dependencies + [.argumentParser],
            exclude: excluded,
            swiftSettings: settings
        )
    }

    /// A test suite; each may use the shared support module.
    static func suite(_ name: String, _ dependencies: [Dependency]) -> Target {
        .testTarget(
            name: name,
            dependencies: dependencies + ["Support"],
            swiftSettings: settings
        )
    }
}

extension Target.Dependency {
    static let argumentParser = product(
        name: "ArgumentParser",
        package: "swift-argument-parser"
    )
    static let logging = product(name: "Logging", package: "swift-log")
    static let nio = product(name: "NIOCore", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let system = product(name: "SystemPackage", package: "swift-system")
}

// `httptrace run` is made of what only Linux has: namespaces, capabilities, /proc.
#if os(Linux)
    let onLinux: [Target] = [
        .systemLibrary(name: "CLinux"),
        .module("Processes", ["CLinux", "Packets", .system]),
        .suite("ProcessesTests", ["Packets", "Processes", .system]),
    ]
    let systemModules: [Target.Dependency] = ["CLinux"]
    let runModules: [Target.Dependency] = ["Processes"]
    let runFolder: [String] = []
#else
    let onLinux: [Target] = []
    let systemModules: [Target.Dependency] = []
    let runModules: [Target.Dependency] = []
    let runFolder = ["Run"]
#endif

let package = Package(
    name: "httptrace",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "httptrace", targets: ["httptrace"]),
        .executable(name: "httptrace-server", targets: ["httptrace-server"]),
        .executable(name: "httptrace-client", targets: ["httptrace-client"]),
        .library(name: "HTTPTraceTesting", targets: ["HTTPTraceTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CPcap",
            pkgConfig: "libpcap",
            providers: [.apt(["libpcap-dev"]), .brew(["libpcap"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(
            name: "CZstd",
            pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]
        ),
        .systemLibrary(
            name: "CLZ4",
            pkgConfig: "liblz4",
            providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]
        ),
        .systemLibrary(
            name: "CBrotli",
            pkgConfig: "libbrotlidec",
            providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]
        ),
        .systemLibrary(name: "CIconv"),

        // The core: values and pure functions, no socket, clock, file, log or print.
        .module("Bytes"),
        .module("Findings", ["Bytes"]),
        .module("Packets", ["Bytes", "Findings"]),
        .module("Reassembly", ["Bytes", "Packets"]),
        .module("HTTPWire", ["Bytes", "Findings"]),
        // C libraries behind interfaces of bytes in and bytes out.
        .module("Decompression", ["CZlib", "CZstd", "CLZ4", "CBrotli"]),
        .target(
            name: "Charsets",
            dependencies: ["CIconv"],
            swiftSettings: settings,
            // The GNU C library has it in itself.
            linkerSettings: [.linkedLibrary("iconv", .when(platforms: [.macOS]))]
        ),
        .module("Content", ["Bytes", "Decompression", "Charsets"]),
        .module(
            "Trace",
            ["Bytes", "Findings", "Packets", "Reassembly", "HTTPWire", "Content"]
        ),
        .module(
            "TraceOutput",
            ["Bytes", "Findings", "Packets", "HTTPWire", "Trace", "Content"]
        ),

        // What a trace is expected to be, and how it differs from that.
        .module(
            "Expectations",
            ["Bytes", "Findings", "Packets", "HTTPWire", "Trace", "Content"]
        ),
        .module(
            "TraceComparison",
            ["Bytes", "Findings", "HTTPWire", "Trace", "Expectations"]
        ),
        .module(
            "ComparisonOutput",
            ["Bytes", "Findings", "Trace", "TraceOutput", "Expectations", "TraceComparison"]
        ),

        // The edges: capture files, live capture, sockets.
        .module(
            "CaptureIO",
            ["CPcap", "Decompression", "Bytes", "Packets", .system]
        ),
        .module("Console", ["Bytes", .argumentParser, .system] + systemModules),
        .module("TraceIO", ["Bytes", "Packets", "Trace", "TraceOutput", "CaptureIO", .system]),
        .module("Peers", ["Bytes", "Findings", "HTTPWire", "Content", .system]),
        .module(
            "PeerTransport",
            ["Bytes", "HTTPWire", "Peers", .nio, .nioPosix, .logging, .system]
        ),
        .module(
            "Replay",
            [
                "Bytes", "Findings", "Packets", "Reassembly", "HTTPWire", "Trace", "Content",
                "TraceOutput", "CaptureIO", "TraceIO", "Peers", "PeerTransport",
            ]
        ),
        .module(
            "HTTPTraceTesting",
            [
                "Expectations", "Findings", "Packets", "Trace", "TraceOutput", "ComparisonOutput",
                "CaptureIO", "TraceIO",
            ]
        ),

        .command(
            "httptrace",
            [
                "Bytes", "Findings", "Packets", "Reassembly", "HTTPWire", "Trace", "TraceOutput",
                "Expectations", "TraceComparison", "ComparisonOutput", "CaptureIO", "TraceIO",
                "Peers", "PeerTransport", "Console", .logging, .system,
            ] + runModules,
            leavingOut: runFolder
        ),
        .command(
            "httptrace-server",
            [
                "Bytes", "CaptureIO", "Trace", "TraceOutput", "TraceIO", "Peers", "PeerTransport",
                "Replay", "Console", .logging,
            ]
        ),
        .command(
            "httptrace-client",
            [
                "Bytes", "CaptureIO", "Trace", "TraceOutput", "TraceIO", "Peers", "PeerTransport",
                "Replay", "Console",
            ]
        ),

        .target(
            name: "Support",
            dependencies: [
                "Bytes", "Findings", "Packets", "HTTPWire", "Trace", "CaptureIO", "CZlib", "CZstd",
                "CLZ4", .system,
            ],
            path: "Tests/Support",
            swiftSettings: settings
        ),

        .suite("FindingsTests", ["Findings"]),
        .suite(
            "TraceOutputTests",
            ["Bytes", "Findings", "Packets", "HTTPWire", "Trace", "TraceOutput"]
        ),
        .suite(
            "ExpectationsTests",
            ["Bytes", "Expectations", "Findings", "HTTPWire", "Packets", "Trace"]
        ),
        .suite(
            "ComparisonOutputTests",
            [
                "Bytes", "ComparisonOutput", "Expectations", "Trace", "TraceComparison",
                "TraceOutput",
            ]
        ),
        .suite("TraceComparisonTests", ["Packets", "Trace", "TraceComparison"]),
        .suite("PeersTests", ["Bytes", "Findings", "HTTPWire", "Trace", "Peers", .system]),
        .suite(
            "PeerTransportTests",
            ["HTTPWire", "Peers", "PeerTransport", .nio, .nioPosix, .logging]
        ),
        .suite(
            "ReplayTests",
            ["Bytes", "Packets", "PeerTransport", "Peers", "Replay", "Trace", "TraceOutput"]
        ),
        .suite("CaptureIOTests", ["Bytes", "Packets", "CaptureIO", .system]),
        .suite("CharsetsTests", ["Charsets"]),
        .suite("ContentTests", ["Bytes", "Charsets", "Content"]),
        .suite(
            "TraceIOTests",
            ["Bytes", "CaptureIO", "Packets", "Trace", "TraceIO", "TraceOutput"]
        ),
        .suite(
            "GoldenTests",
            ["Bytes", "CaptureIO", "Expectations", "Packets", "Trace", "TraceIO", "TraceOutput"]
        ),
        .suite("ConsoleTests", ["Console", .argumentParser]),
        .suite(
            "EndToEndTests",
            [
                "Bytes", "CaptureIO", "Findings", "HTTPTraceTesting", "Reassembly", "Trace",
                "TraceIO", "Peers", "PeerTransport", "Replay", .logging,
            ]
        ),
        .suite("AttackTests", ["httptrace-server", "PeerTransport"]),
        .suite(
            "TerminalSafetyTests",
            ["Packets", "httptrace", "httptrace-server", "httptrace-client"]
        ),
        .suite("HTTPWireTests", ["Bytes", "Findings", "HTTPWire"]),
        .suite("BytesTests", ["Bytes"]),
        .suite("PacketsTests", ["Bytes", "Packets"]),
        .suite("ReassemblyTests", ["Bytes", "Packets", "Reassembly"]),
        .suite(
            "TraceTests",
            ["Bytes", "Findings", "Packets", "HTTPWire", "Trace", "TraceOutput"]
        ),
    ] + onLinux
)

// Checks that run some of the suites need not build the others: this is a regular expression for the
// names of those to keep.
if let kept = try Context.environment["HTTPTRACE_SUITES"].map({ try Regex($0) }) {
    package.targets.removeAll { $0.type == .test && !$0.name.contains(kept) }
}
