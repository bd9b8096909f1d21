import Glibc
import Processes
import Testing

/// Who a capture goes on as.
///
/// What comes of that, `.ci/check-capture` looks at from outside: a process that gives its rights up
/// has none left for other tests.
@Suite struct SuccessorTests {
    @Test func `a user is known by name and by number`() throws {
        // Nobody else may be asked for but by root.
        let name = geteuid() == 0 ? "nobody" : try #require(ownName)
        let named = try Successor(named: name)
        #expect(try Successor(named: "\(named.user)") == named)
    }

    @Test(arguments: ["", "no-such-user", "0x0", "-1", "4294967296", "4294967294"])
    func `a user whom the system does not know is told`(name: String) {
        let failure = #expect(throws: PrivilegeFailure.self) { try Successor(named: name) }
        #expect(failure == .unknownUser(name))
        #expect(failure?.description.contains("\"\(name)\"") == true)
    }

    @Test(.enabled(if: geteuid() != 0, "root may become anybody"))
    func `only root may ask for another user`() {
        let failure = #expect(throws: PrivilegeFailure.self) { try Successor(named: "root") }
        #expect(failure == .onlyForRoot("root"))
    }

    @Test(
        arguments: [
            (["SUDO_UID": "12", "SUDO_GID": "34"], [12, 34]), (["SUDO_UID": "12"], nil),
            (["SUDO_UID": "0", "SUDO_GID": "0"], nil), (["SUDO_UID": "x", "SUDO_GID": "34"], nil),
            ([:], nil),
        ] as [([String: String], [UInt32]?)]
    )
    func `root becomes who called sudo, and nobody else anybody`(
        environment: [String: String],
        expected: [UInt32]?
    ) {
        let successor = Successor(starting: { environment[$0] })
        let ids = successor.map { [$0.user, $0.group] }
        #expect(ids == (geteuid() == 0 ? expected : nil))
    }

    private var ownName: String? {
        unsafe getpwuid(geteuid()).map { unsafe String(cString: $0.pointee.pw_name) }
    }
}
