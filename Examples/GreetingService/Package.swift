// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "greeting-service",
    platforms: [.macOS(.v26)],
    dependencies: [
        // Elsewhere: .package(url: "https://…/httptrace", from: "0.1.0")
        .package(name: "httptrace", path: "../.."),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .target(
            name: "GreetingService",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "GreetingServiceTests",
            dependencies: [
                "GreetingService",
                .product(name: "HTTPTraceTesting", package: "httptrace"),
            ]
        ),
    ]
)
