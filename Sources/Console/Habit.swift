/// What people type who are used to another tool, and what stands for it here.
package struct Habit: Sendable, Hashable {
    /// Options as they are typed, such as `-nr`.
    package let options: [String]
    /// A sentence that says what to type instead.
    package let hint: String

    package init(_ options: String..., hint: String) {
        self.options = options
        self.hint = hint
    }
}
