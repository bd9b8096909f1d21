import ArgumentParser

/// Frame numbers as one gives them: `24`, or several with commas.
struct FrameNumbers: ExpressibleByArgument {
    /// The numbers, each 1 or above.
    var numbers: [Int]

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
            .map { Int($0) ?? 0 }
        guard numbers.allSatisfy({ $0 > 0 }) else { return nil }
        self.numbers = numbers
    }
}
