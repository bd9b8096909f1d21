#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// The user that a program of root's goes on as, once it needs root's rights no more.
package struct Successor: Sendable, Hashable {
    /// The number of the user.
    package let user: UInt32
    /// The number of the user's group.
    package let group: UInt32
    /// The user's name, where the system knows one: it says which other groups there are.
    let name: String?

    /// Whether this process is that user already.
    package var isSelf: Bool { getuid() == user && geteuid() == user }

    /// The user of this name or number.
    ///
    /// - Throws: ``PrivilegeFailure/unknownUser(_:)``, and where this process may become nobody
    ///   else ``PrivilegeFailure/onlyForRoot(_:)``.
    package init(named text: String) throws(PrivilegeFailure) {
        let entry = unsafe getpwnam(text) ?? UInt32(text).flatMap { unsafe getpwuid($0) }
        guard let entry = unsafe entry?.pointee else { throw .unknownUser(text) }
        user = unsafe entry.pw_uid
        group = unsafe entry.pw_gid
        name = unsafe String(cString: entry.pw_name)
        guard isSelf || getuid() == 0 else { throw .onlyForRoot(text) }
    }

    /// Who really started this process of root's, where that is somebody else: by `sudo`, or as a
    /// program with the set-user-ID bit.
    ///
    /// - Parameter environment: looks a variable of the environment up.
    package init?(
        starting environment: (String) -> String? = { name in
            unsafe getenv(name).map { unsafe String(cString: $0) }
        }
    ) {
        guard geteuid() == 0 else { return nil }
        guard getuid() == 0 else {
            // Whoever may set the bit's environment may not choose whom to become.
            self.init(user: getuid(), group: getgid())
            return
        }
        guard let user = environment("SUDO_UID").flatMap(UInt32.init), user != 0,
            let group = environment("SUDO_GID").flatMap(UInt32.init)
        else { return nil }
        self.init(user: user, group: group)
    }

    /// Whether this process is root's, who can become anybody.
    package static var isRoot: Bool { getuid() == 0 && geteuid() == 0 }

    /// Whether it may create files in the folder at `path`; asked as root, before there is a second
    /// thread.
    package func canCreateFiles(in path: String) -> Bool {
        let count = getgroups(0, nil)
        var groups = [gid_t](repeating: 0, count: max(0, Int(count)))
        guard unsafe getgroups(count, &groups) == count else { return false }
        defer { unsafe setgroups(groups.count, groups) }
        let (ownUser, ownGroup) = (geteuid(), getegid())
        guard joinGroups(), setegid(group) == 0 else { return false }
        defer { setegid(ownGroup) }
        guard seteuid(user) == 0 else { return false }
        defer { seteuid(ownUser) }
        return unsafe faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0
    }

    private func joinGroups() -> Bool {
        let code = unsafe name.map { unsafe initgroups($0, group) } ?? setgroups(1, [group])
        return code == 0
    }

    private init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
        name = unsafe getpwuid(user).map { unsafe String(cString: $0.pointee.pw_name) }
    }

    /// Makes this process that user for good, with no other groups than that user's.
    func become() throws(PrivilegeFailure) {
        guard joinGroups(), setgid(group) == 0, setuid(user) == 0 else {
            throw .cannotBecome(name ?? "\(user)", errno)
        }
        // What is given up must not be to be had again.
        guard user == 0 || setuid(0) != 0 else { throw .rightsRemain }
    }
}
