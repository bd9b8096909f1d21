/// Whether a connection was turned over to another protocol, and what went over it since.
struct ProtocolSwitching: Sendable {
    /// Whether a message told that another protocol follows.
    var isSwitched = false
    /// Whether it told so without having been asked, so that HTTP/1 may go on all the same.
    var isDoubtful = false
    /// What went over the connection since: one element at the most, so that others stay small.
    var traffic: [SwitchedTraffic] = []
}
