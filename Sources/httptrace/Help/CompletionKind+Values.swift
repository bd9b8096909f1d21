import ArgumentParser

extension CompletionKind {
    /// Names of interfaces.
    static let interfaces = shellCommand("httptrace interfaces 2> /dev/null | cut -d ' ' -f 1")

    /// Names of users.
    static let users = shellCommand("cut -d : -f 1 /etc/passwd")

    /// Programs that need no path.
    static let programs = shellCommand(
        "sh -c 'IFS=:; for folder in $PATH; do ls \"$folder\"; done | sort -u' 2> /dev/null"
    )
}
