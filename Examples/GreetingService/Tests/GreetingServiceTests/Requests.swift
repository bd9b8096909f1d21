import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks the server on `port` for `path`, and does not mind what it answers: the tests look at the
/// wire.
func request(_ path: String, method: String = "GET", port: Int) async throws {
    let url = try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
    var request = URLRequest(url: url)
    request.httpMethod = method
    let session = URLSession(configuration: .ephemeral)
    defer { session.invalidateAndCancel() }
    _ = try await session.data(for: request)
}
