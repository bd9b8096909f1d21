/// Titles of options that are rarely wanted: `-h` names the titles only, `--help` shows them last.
enum OptionTitle {
    static let reading = "How frames are read"
    static let limits = "Limits"
}
