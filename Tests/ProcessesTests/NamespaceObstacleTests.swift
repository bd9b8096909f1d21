import Glibc
import Processes
import Testing

@Suite struct NamespaceObstacleTests {
    private static let cases: [(NamespaceObstacle, word: String)] = [
        (
            obstacle(.makeNamespace, ENOSPC) { $0.mostUserNamespaces = 0 },
            "max_user_namespaces=10000"
        ),
        (
            obstacle(.makeNamespace, ENOSPC) { $0.mostNetworkNamespaces = 0 },
            "max_net_namespaces=10000"
        ),
        (obstacle(.makeNamespace, ENOSPC) { $0.mostUserNamespaces = 9 }, "nested too deep"),
        (obstacle(.makeNamespace, EPERM) { $0.unprivilegedClone = 0 }, "userns_clone=1"),
        (obstacle(.makeNamespace, EPERM) { $0.unprivilegedClone = 1 }, "container"),
        (obstacle(.mapUser, EACCES) { $0.appArmorRestriction = 1 }, "AppArmor"),
        (obstacle(.raiseLoopback, EPERM) { $0.appArmorRestriction = 1 }, "AppArmor"),
        (obstacle(.makeNamespace, EPERM) { $0.appArmorRestriction = 0 }, "container"),
        (obstacle(.makeNamespace, EPERM) { _ in }, "chroot(2)"),
        (obstacle(.makeNamespace, EINVAL) { _ in }, "built without"),
        (obstacle(.raiseLoopback, ENODEV) { _ in }, "switch the loopback interface on"),
    ]

    @Test(arguments: cases)
    func `what is in the way is told with what mends it`(
        obstacle: NamespaceObstacle,
        word: String
    ) {
        #expect(obstacle.description.contains(word))
        #expect(!obstacle.description.contains("\n"))
    }

    private static func obstacle(
        _ step: NamespaceObstacle.Step,
        _ code: Int32,
        _ change: (inout NamespaceObstacle.Settings) -> Void
    ) -> NamespaceObstacle {
        var settings = NamespaceObstacle.Settings()
        change(&settings)
        return NamespaceObstacle(step, code, settings: settings)
    }
}
