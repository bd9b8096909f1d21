/// A question to the JSON output, and the command behind the pipe that gives the answer.
package struct JSONExample: Sendable {
    package let question: String
    package let command: String

    package static let all = [
        JSONExample(
            question:
                "The ten slowest, the slowest first (-g, as jq writes short times as 9.9e-05):",
            command: #"jq -r '[.timing.total // 0, .request.target] | @tsv' | sort -rg | head"#
        ),
        JSONExample(
            question: "Server errors, with the frame to look at:",
            command: #"jq -c 'select(.response.status? >= 500) | [.request.method, "#
                + #".request.target, .response.status, .response.firstFrame]'"#
        ),
        JSONExample(
            question:
                "How often each host was asked (field names are as sent: compare in lower case):",
            command: #"jq -r '.request.headers[]? | select(.[0] | ascii_downcase == "host") "#
                + #"| .[1]' | sort | uniq -c"#
        ),
        JSONExample(
            question: "Exchanges with an error in them, and which:",
            command: #"jq -c '{stream, index, codes: [.findings[]?, .request.findings[]?, "#
                + #".response.findings[]? | select(.severity? == "error").code]} "#
                + #"| select(.codes != [])'"#
        ),
        JSONExample(
            question: "Requests that got no response, and why:",
            command: #"jq -r 'select(.request and (.response | not)) "#
                + #"| [.absence, .request.method, .request.target] | @tsv'"#
        ),
    ]
}
