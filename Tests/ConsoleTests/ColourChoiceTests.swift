import Console
import Testing

@Suite struct ColourChoiceTests {
    @Test(
        arguments: [
            ([:], true, true), ([:], false, false), (["NO_COLOR": "1"], true, false),
            (["TERM": "dumb"], true, false), (["TERM": "xterm"], true, true),
            (["CLICOLOR": "0"], true, false), (["CLICOLOR": "1"], false, false),
            (["CLICOLOR_FORCE": "1"], false, true), (["FORCE_COLOR": "1"], false, true),
            (["FORCE_COLOR": "3", "TERM": "dumb"], false, true),
            (["CLICOLOR_FORCE": "0"], false, false), (["FORCE_COLOR": "0"], true, true),
            (["NO_COLOR": "1", "FORCE_COLOR": "1"], true, false),
            (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], false, false),
        ] as [([String: String], Bool, Bool)]
    )
    func `the environment declines and forces colours`(
        environment: [String: String],
        isTerminal: Bool,
        isOn: Bool
    ) {
        #expect(ColourChoice.isOn(isTerminal: isTerminal) { environment[$0] } == isOn)
    }
}
