// swift-tools-version: 6.2
import PackageDescription

// A peer to measure beside: Hummingbird answering the same bytes from memory.
let package = Package(
    name: "hummingbird-server",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1")
    ],
    targets: [
        .executableTarget(
            name: "hummingbird-server",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird")]
        )
    ]
)
