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
            StandardError.write("httptrace-client: \(name), \(error)\n")
            throw ExitCode(64)
        } catch {
            StandardError.write("httptrace-client: \(error)\n")
            throw ExitCode(66)
        }
    }
}
