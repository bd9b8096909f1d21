import ArgumentParser
import Bytes
import CaptureIO
import SystemPackage
import TraceIO

#if os(Linux)
    import Processes
#endif

/// Whom a capture goes on as, once the interface is open.
struct PrivilegeOptions: ParsableArguments {
    #if os(Linux)
        @Option(
            help: ArgumentHelp(
                "As root, go on as this user once the interface and the file of -w are open.",
                discussion: """
                    Without it, who called sudo; where there is none, nobody. The file of -w \
                    stays root's then. Where the files of --ring could not be created so, or this \
                    system has no such user, it says so and stays root without its capabilities. \
                    No byte is analysed before that.
                    """,
                valueName: "name"
            ),
            completion: .users
        )
        var user: String?

        /// Opens a capture, and gives up every right that it needs no more.
        ///
        /// - Throws: the exit code, once the reason is reported.
        func open(
            _ options: [LiveCaptureOptions],
            writingTo destination: CaptureDestination?
        ) throws -> OpenCapture {
            do {
                let successor = try user.map { try Successor(named: $0) } ?? Successor()
                let capture = try OpenCapture(options, writingTo: destination)
                guard let successor else {
                    try giveUpEverything(writingTo: destination)
                    return capture
                }
                if !successor.isSelf {
                    try capture.giveFile(to: successor.user, group: successor.group)
                }
                try Privileges.giveUp(for: successor)
                return capture
            } catch let error as CaptureError {
                throw error.reported()
            } catch let error as PrivilegeFailure {
                throw error.reported()
            }
        }

        /// Goes on with no right where nobody is named: without capabilities root would still own
        /// the system's files.
        private func giveUpEverything(
            writingTo destination: CaptureDestination?
        ) throws(PrivilegeFailure) {
            guard Successor.isRoot else { return try Privileges.giveUp(for: nil) }
            do throws(PrivilegeFailure) {
                let nobody = try Successor(named: "nobody")
                guard let folder = destination?.ringFolder, !nobody.canCreateFiles(in: folder)
                else { return try Privileges.giveUp(for: nobody) }
                report(
                    "the user nobody may not create the ring's files in \(EscapedText.escape(folder)): "
                        + "--user names who may"
                )
            } catch {
                guard !error.leavesRights else { throw error }
                report(error.description)
            }
            report("so this capture goes on as root, without root's capabilities")
            try Privileges.giveUp(for: nil)
        }
    #else
        /// Opens a capture.
        ///
        /// - Throws: the exit code, once the reason is reported.
        func open(
            _ options: [LiveCaptureOptions],
            writingTo destination: CaptureDestination?
        ) throws -> OpenCapture {
            do throws(CaptureError) {
                return try OpenCapture(options, writingTo: destination)
            } catch {
                throw error.reported()
            }
        }
    #endif
}

extension CaptureDestination {
    /// The folder in which files will be created while the capture goes on.
    fileprivate var ringFolder: String? {
        guard ring != nil else { return nil }
        let folder = FilePath(path).removingLastComponent().string
        return folder.isEmpty ? "." : folder
    }
}

#if os(Linux)
    extension PrivilegeFailure {
        /// Whether somebody else's rights remain with a process that is to have none.
        fileprivate var leavesRights: Bool {
            switch self {
            case .unknownUser, .onlyForRoot, .cannotBecome: false
            case .cannotGiveUp, .rightsRemain: true
            }
        }

        /// Reports it and answers what the program is to exit with.
        func reported() -> ExitCode {
            report(description)
            if case .unknownUser = self { return ExitCode(CaptureError.Kind.usage.exitCode) }
            return ExitCode(CaptureError.Kind.notPermitted.exitCode)
        }
    }
#endif
