/// How scripts are written, for the help of the programs that play them.
package enum ScriptHelp {
    package static let text = #"""
          # a comment; blank lines mean nothing either
          > HTTP/1.1 200 OK\r\n    send these bytes, escapes read; the line adds none;
          > \r\n                   lines that follow each other are one segment
          cut                      ends the segment
          pause 50ms               ends it too, and waits
          drip 1 100ms             the next segment in pieces of 1 byte, 100 ms apart
          fill 1000 x              1000 times these bytes, in the segment at hand
          < GET / HTTP/1.1\r\n     these bytes must come next
          expect request           a server: one request, as its framing ends it
          expect response          a client: one response, likewise
          expect 57 bytes          so many bytes, whatever they are
          expect until \r\n\r\n    everything up to and with these bytes
          expect anything          something has come, which is still to be expected
          expect silence 200ms     nothing comes for so long
          expect end               the other end closes for sending (FIN)
          expect reset             the other end breaks the connection (RST)
          loop                     again goes back here, otherwise to the beginning
          again 3                  three times more; with no number until the other
                                   end closes
          half-close               close for sending (FIN); receiving goes on
          close                    close in order, as the end of the script does
          reset                    break the connection (RST)
          connection               the next connection's steps begin; the last ones
                                   are for all further connections
        """#
}
