#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import SystemPackage

/// Why a process cannot have a network of its own.
package struct NamespaceObstacle: Error, Sendable, Hashable {
    /// What did not succeed.
    package enum Step: String, Sendable {
        case makeNamespace = "make a network namespace"
        case mapUser = "map the user into a user namespace"
        case raiseLoopback = "switch the loopback interface on"
        case passRightOn = "pass the right to capture on"
        case run = "start a copy of this program"
    }

    /// What the system's settings say about user namespaces; `nil` where it has no such setting.
    package struct Settings: Sendable, Hashable {
        /// `kernel.unprivileged_userns_clone`, which Debian's kernels know.
        package var unprivilegedClone: Int?
        /// `kernel.apparmor_restrict_unprivileged_userns`, which Ubuntu's kernels know.
        package var appArmorRestriction: Int?
        /// `user.max_user_namespaces`.
        package var mostUserNamespaces: Int?
        /// `user.max_net_namespaces`.
        package var mostNetworkNamespaces: Int?

        /// Creates settings that the system does not have.
        package init() {}

        /// The settings of this system.
        package static var current: Settings {
            var settings = Settings()
            settings.unprivilegedClone = value("kernel/unprivileged_userns_clone")
            settings.appArmorRestriction = value("kernel/apparmor_restrict_unprivileged_userns")
            settings.mostUserNamespaces = value("user/max_user_namespaces")
            settings.mostNetworkNamespaces = value("user/max_net_namespaces")
            return settings
        }

        private static func value(_ name: String) -> Int? {
            guard let text = ProcFile.text("/proc/sys/\(name)") else { return nil }
            return Int(text.prefix { $0.isNumber || $0 == "-" })
        }
    }

    /// What did not succeed.
    package var step: Step
    /// The system's number of the error (errno).
    package var code: Int32
    /// What may explain it.
    package var settings: Settings

    /// Notes that `step` failed with `code`.
    package init(_ step: Step, _ code: Int32, settings: Settings = .current) {
        self.step = step
        self.code = code
        self.settings = settings
    }
}

extension NamespaceObstacle: CustomStringConvertible {
    /// A clause: what is in the way, and how to mend it.
    package var description: String {
        explanation ?? "the system refuses to \(step.rawValue): \(Errno(rawValue: code))"
    }

    private var explanation: String? {
        switch (step, code) {
        case (.run, _): nil
        case (.makeNamespace, ENOSYS), (.makeNamespace, EINVAL):
            "the kernel was built without user or network namespaces"
        case (_, ENOSPC), (_, EUSERS): exhausted
        case (_, EPERM), (_, EACCES): refused
        default: nil
        }
    }

    private var exhausted: String {
        if settings.mostUserNamespaces == 0 {
            return "the system allows no user namespaces (user.max_user_namespaces is 0): "
                + "`sudo sysctl user.max_user_namespaces=10000` allows them"
        }
        if settings.mostNetworkNamespaces == 0 {
            return "the system allows no network namespaces (user.max_net_namespaces is 0): "
                + "`sudo sysctl user.max_net_namespaces=10000` allows them"
        }
        return "no more namespaces can be made, or they are nested too deep: "
            + "raise user.max_user_namespaces and user.max_net_namespaces with sysctl"
    }

    private var refused: String {
        if settings.unprivilegedClone == 0 {
            return "the system keeps users from making namespaces "
                + "(kernel.unprivileged_userns_clone is 0): "
                + "`sudo sysctl kernel.unprivileged_userns_clone=1` lets them"
        }
        if settings.appArmorRestriction ?? 0 != 0 {
            return "AppArmor keeps this program from using namespaces "
                + "(kernel.apparmor_restrict_unprivileged_userns is 1): give it a profile with "
                + "`userns,`, or run `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
        }
        return "this container or its security module keeps programs from making namespaces: "
            + "start it with `--security-opt seccomp=unconfined` "
            + "(docker, podman), or with the right cap_sys_admin; where chroot(2) has given this "
            + "process another root directory, that alone is what keeps it from it"
    }
}
