/// What one end of a connection does, step by step.
///
/// Both programs play scripts: the server the end that is connected to, the client the end that
/// connects. ``ScriptReader`` reads them from text, ``Script/text`` writes them.
package struct Script: Sendable, Hashable {
    /// The steps of one connection each.
    ///
    /// The first is played on the first connection, and so on; the last on all that come later.
    package var sections: [[ScriptStep]]

    /// Creates a script; one without sections does nothing.
    package init(sections: [[ScriptStep]]) { self.sections = sections }

    /// The steps of connection `number`, counted from 0.
    package func section(_ number: Int) -> [ScriptStep] {
        number < sections.count ? sections[number] : sections.last ?? []
    }
}

/// One thing that an end of a connection does, or waits for.
package enum ScriptStep: Sendable, Hashable {
    /// Sends bytes in one segment.
    case send([UInt8])
    /// Sends bytes in segments of so many, so long apart.
    case drip([UInt8], size: Int, interval: Duration)
    /// Does nothing for so long but note what comes.
    case pause(Duration)
    /// Waits until something has come.
    case expect(ScriptExpectation)
    /// Marks the place that ``again(times:)`` goes back to.
    case loop
    /// Goes back to the last ``loop`` before, or the beginning; so many times, or for ever.
    case again(times: Int?)
    /// Closes the direction of sending (FIN), and goes on to receive.
    case halfClose
    /// Closes in order: for sending at once, for receiving when the other end has closed too.
    case close
    /// Breaks the connection (RST).
    case reset
}

/// What is to come from the other end; what has come and was not expected yet counts.
package enum ScriptExpectation: Sendable, Hashable {
    /// Just these bytes, next.
    case bytes([UInt8])
    /// So many bytes.
    case count(Int)
    /// Anything at all, which the next expectation gets.
    case anything
    /// Everything up to these bytes, and they.
    case until([UInt8])
    /// One message as its framing ends it; before a final response, interim ones too.
    case message(ScriptMessage)
    /// Nothing, for so long.
    case silence(Duration)
    /// The close of the other end's sending side (FIN), and nothing before it.
    case end
    /// That the other end breaks the connection (RST), whatever it sends before.
    case reset
}

/// Which messages are expected.
package enum ScriptMessage: Sendable, Hashable {
    case request
    case response
}
