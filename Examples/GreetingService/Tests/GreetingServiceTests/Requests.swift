import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks the server on `port` for `path`, and does not mind what it answers: the tests look at the
/// wire.
func request(_ path: String, method: String = "GET", port: Int) async throws {
    var request = URLRequest(url: URL(string: "http://127.0.0.1:\(port)\(path)") ?? URL(filePath: "/"))
    request.httpMethod = method
    let session = URLSession(configuration: .ephemeral)
    defer { session.invalidateAndCancel() }
    _ = try await session.data(for: request)
}
