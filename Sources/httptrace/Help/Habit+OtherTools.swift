import Console

extension Habit {
    /// Options of tcpdump, tshark and others for what is said in another way here.
    static let ofOtherTools = [
        Habit(
            "-r",
            "-nr",
            "-nnr",
            "-rn",
            hint: "A file needs no option: httptrace FILE. Names are never looked up."
        ),
        Habit("-n", "-nn", hint: "Names are never looked up; leave it out."),
        Habit("-i", hint: "Capturing is a command: httptrace capture -i INTERFACE"),
        Habit(
            "-p",
            hint: "-f 'port N' looks at a port only; --port N reads what goes there as HTTP."
        ),
        Habit("-D", hint: "httptrace interfaces lists them."),
        Habit("-A", "-X", "-x", hint: "--bodies all shows content, --bodies hex its bytes."),
        Habit("-s", hint: "Whole frames are looked at; --snaplen BYTES takes less."),
        Habit(
            "-v",
            "-vv",
            "-V",
            hint:
                "--format pairs tells all of an exchange, --frame N of a frame; --version is ours."
        ),
        Habit("-q", hint: "--format list is one line an exchange."),
        Habit("-w", hint: "Only what captures writes a file: httptrace capture -w FILE"),
        Habit(
            "-Y",
            "-T",
            "-e",
            "-z",
            hint: "--format json tells all to jq; httptrace help json has the names."
        ),
        Habit("--list", "--json", "--pairs", hint: "Did you mean --format list, json or pairs?"),
        Habit("--head", hint: "Pipe the output to head: httptrace then ends at once."),
        Habit("--bpf", hint: "Did you mean --filter?"),
        Habit("--for", hint: "How long is a matter of live captures: httptrace capture --for 10s"),
    ]
}
