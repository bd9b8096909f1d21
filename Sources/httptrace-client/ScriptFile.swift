import ArgumentParser
import Console
import Peers

/// A script in a file.
enum ScriptFile {
    /// Reads it; says what is wrong with it and where.
    static func read(_ path: String) throws -> Script {
        let name = path == "-" ? "standard input" : path
        do {
            return try ScriptReader.read(try InputFile.read(path))
        } catch let error as ScriptError {
            StandardError.report("\(name), \(error)", by: "httptrace-client")
            throw ExitCode(64)
        } catch {
            StandardError.report("\(error)", by: "httptrace-client")
            throw ExitCode(66)
        }
    }
}
