internal import SystemPackage

/// Runs calls of the System package, which throw nothing but `Errno`, with that said in the type.
func systemCall<Result>(_ body: () throws -> Result) throws(Errno) -> Result {
    do {
        return try body()
    } catch let error as Errno {
        throw error
    } catch {
        throw .ioError
    }
}
