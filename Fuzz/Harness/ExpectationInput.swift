import Expectations

/// An expectation file: it is refused with its lines, or it reads the same once it is written out.
struct ExpectationInput {
    private let text: [UInt8]

    init(_ text: [UInt8]) { self.text = text }

    func check() {
        let expectation: TraceExpectation
        do throws(ExpectationFileErrors) {
            expectation = try TraceExpectation(parsing: String(decoding: text, as: UTF8.self))
        } catch {
            require(!error.errors.isEmpty, "refused without a reason")
            return
        }
        let written = expectation.notation
        do throws(ExpectationFileErrors) {
            let again = try TraceExpectation(parsing: written)
            require(again.notation == written, "it is another once it is written:\n\(written)")
        } catch {
            fatalError("it cannot be read once it is written: \(error)\n\(written)")
        }
    }
}
