import BlitzCore
import BlitzModel
import BlitzTestSupport
import Glibc
import Testing

@testable import BlitzTUI

extension ScreenTests {
  /// The session on a terminal of ours. Time is passed in; nothing waits.
  @Suite struct TerminalSessionTests {
    private let start = ContinuousClock.now

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
      start + .milliseconds(milliseconds)
    }

    private func open(
      _ terminal: PseudoTerminal, _ environment: [String: String] = [:]
    ) throws -> TerminalSession {
      try TerminalSession(
        options: TerminalOptions(devicePath: terminal.path),
        environment: ["TERM": "xterm-256color", "COLORTERM": "truecolor"].merging(environment) {
          $1
        })
    }

    private func grid(_ session: TerminalSession, level: UInt8 = 7) -> CellGrid {
      var grid = CellGrid(rows: session.rows, columns: session.columns)
      grid.image.place(CellArea(row: 1, column: 0, rows: session.rows - 1, columns: 20))
      grid.image.colors = (0..<256).map { UInt32($0) * 0x10101 }
      grid.image.resizeLevels()
      for i in grid.image.pixels.indices {
        grid.image.levels[i] = level &+ UInt8(i % 5)
        grid.image.pixels[i] = grid.image.colors[Int(grid.image.levels[i])]
      }
      grid.write(PrintableText("hello"), row: 0, column: 1)
      return grid
    }

    @Test func everythingIsAsFoundAfterClose() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let before = terminal.settings
      let session = try open(terminal)
      session.draw(grid(session), now: at(0))
      terminal.receive()
      #expect(terminal.settings != before)
      #expect(terminal.screen.modes.isSuperset(of: [1002, 1003, 1006, 1049, 2004]))
      #expect(!terminal.screen.modes.contains(25))
      #expect(terminal.screen.text(row: 0).hasPrefix(" hello "))
      session.close()
      session.close()
      terminal.receive()
      #expect(terminal.settings == before)
      #expect(terminal.screen.modes == [7, 25])
      #expect(terminal.screen.violations == [])
    }

    /// tmux throws away what is more than 8 bytes for each cell ahead of its client.
    @Test func noFrameIsMoreThanAMultiplexerHolds() throws {
      let terminal = try PseudoTerminal(rows: 24, columns: 80)
      let session = try open(terminal, ["TMUX": "/tmp/tmux-0/default,1,0"])
      var grid = grid(session)
      grid.image.place(CellArea(row: 1, column: 0, rows: 23, columns: 80))
      grid.image.resizeLevels()
      var random = SeededRandom(seed: 8)
      for i in grid.image.pixels.indices {
        grid.image.levels[i] = UInt8.random(in: 0...255, using: &random)
        grid.image.pixels[i] = grid.image.colors[Int(grid.image.levels[i])]
      }
      var draws = 0
      while session.needsRedraw, draws < 20 {
        session.draw(grid, now: at(100 * draws))
        #expect(session.meter.bytesOfFrame <= 8 * 24 * 80)
        while session.hasOutput {
          terminal.receive()
          _ = session.readInput(now: at(100 * draws))
        }
        draws += 1
      }
      #expect(2..<20 ~= draws, "noise does not fit into one frame")
      terminal.receive()
      let isSent = (0..<80).allSatisfy { terminal.screen.quarters(row: 23, column: $0) != nil }
      #expect(isSent && terminal.screen.violations == [])
    }

    /// Base64 as coreutils writes it.
    @Test(arguments: [
      ("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"),
      ("frame 7, 2 ms", "ZnJhbWUgNywgMiBtcw=="), ("é>?", "w6k+Pw=="),
    ])
    func textGoesToTheClipboard(text: String, base64: String) throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      session.draw(grid(session), now: at(0))
      #expect(session.copy(PrintableText(text)))
      terminal.receive()
      #expect(terminal.screen.clipboard == [base64])
      #expect(terminal.screen.violations == [])
    }

    @Test func aTerminalThatWouldShowItGetsNone() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal, ["TERM": "vt100"])
      #expect(!session.copy(PrintableText("text")))
      terminal.receive()
      #expect(terminal.screen.clipboard == [])
    }

    @Test func answersAreReadBeforeTheShellGetsThem() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      session.draw(grid(session), now: at(0))
      terminal.type("\u{1B}[0n\u{1B}[<35;3;3M\u{1B}[0n")
      session.close()
      terminal.receive()
      // One request for the frame, one behind the end of the reports; nothing is left to read.
      #expect(terminal.screen.statusRequests == 2 && terminal.unreadBytes == 0)
    }

    @Test func aSessionThatGoesOutOfScopeRestores() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let before = terminal.settings
      do { _ = try open(terminal) }
      #expect(terminal.settings == before)
    }

    @Test("refused", arguments: ["dumb", ""])
    func terminalsWithoutACursorAreRefused(type: String) throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let before = terminal.settings
      let error = #expect(throws: BlitzError.self) { try open(terminal, ["TERM": type]) }
      #expect(error?.kind == .usage && error?.hint != nil)
      #expect(terminal.settings == before && terminal.receive() == 0)
    }

    @Test func anUnknownTypeIsTakenForTheUsualOne() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal, ["TERM": "xterm-kitty-unheard-of"])
      #expect(session.notice?.text.contains("xterm-kitty-unheard-of") == true)
      session.close()
    }

    @Test func keysComeHoweverTheyAreCut() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      defer { session.close() }
      terminal.type("x\u{1B}[1;")
      #expect(session.readInput(now: at(0)) == [.key("x")])
      #expect(session.timeout(now: at(0)) == 250)
      terminal.type("2C\u{1B}")
      #expect(session.readInput(now: at(10)) == [.key(Key(.right, .shift))])
      #expect(session.timeout(now: at(10)) == 50)
      #expect(session.readInput(now: at(40)) == [])
      #expect(session.readInput(now: at(60)) == [.key(Key(.escape))])
      #expect(session.timeout(now: at(60)) == nil)
    }

    @Test func lateRepliesAreNoKeys() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal, ["COLORTERM": ""])
      defer { session.close() }
      session.draw(grid(session), now: at(0))
      #expect(session.colorDepth == .palette256 && !session.needsRedraw)
      terminal.type(
        "\u{1B}[?2026;2$y\u{1B}[6;18;6t\u{1B}P1$r48;2;1;2;3m\u{1B}\\\u{1B}[?62c\u{1B}[0n")
      #expect(session.readInput(now: at(2000)) == [])
      #expect(session.needsRedraw && session.colorDepth == .rgb && session.cellAspect == 3)
      session.draw(grid(session), now: at(2020))
      terminal.receive()
      #expect(terminal.screen.quarters(row: 1, column: 0)?[0] == .rgb(0x070707))
      #expect(String(decoding: terminal.bytes, as: UTF8.self).contains("\u{1B}[?2026h"))
    }

    @Test func oneFrameIsInFlight() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      defer { session.close() }
      #expect(session.delayBeforeDraw(now: at(0)) == nil)
      session.draw(grid(session), now: at(0))
      terminal.receive()
      #expect(terminal.screen.statusRequests == 1)
      #expect(session.delayBeforeDraw(now: at(500)) == 500)
      terminal.type("\u{1B}[0n")
      #expect(session.readInput(now: at(501)) == [])
      #expect(session.delayBeforeDraw(now: at(501)) == nil)
      #expect(session.meter.bytesOfFrame > 0)
    }

    @Test func amendmentsWaitForNothingAndLeaveTheImageAlone() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      defer { session.close() }
      var drawn = grid(session)
      session.draw(drawn, now: at(0))
      terminal.receive()
      let written = terminal.bytes.count
      drawn.write(PrintableText("~"), row: 0, column: 10)
      for i in drawn.image.pixels.indices { drawn.image.pixels[i] = 0xFFFFFF }
      session.amend(drawn)
      terminal.receive()
      #expect(terminal.screen.text(row: 0).contains("hello    ~"))
      #expect(terminal.screen.statusRequests == 1)
      #expect(terminal.bytes.count - written < 40)
      #expect(terminal.screen.violations == [])
      session.amend(CellGrid(rows: 3, columns: 3))
      terminal.receive()
      #expect(terminal.screen.text(row: 0).contains("hello    ~"))
    }

    @Test func silentTerminalsArePacedByTime() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      defer { session.close() }
      for i in 0..<2 {
        session.draw(grid(session, level: UInt8(20 + 20 * i)), now: at(i * 2000))
        terminal.receive()
        _ = session.readInput(now: at(i * 2000 + 1100))
      }
      session.draw(grid(session, level: 90), now: at(6000))
      #expect(session.delayBeforeDraw(now: at(6016)) != nil)
      #expect(session.delayBeforeDraw(now: at(7000)) == nil)
      terminal.receive()
      #expect(terminal.screen.statusRequests == 2)
    }

    @Test func restingImagesBecomeExact() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      defer { session.close() }
      for (i, level) in [UInt8(50), 52].enumerated() {
        session.draw(grid(session, level: level), now: at(i * 100))
        terminal.type("\u{1B}[0n")
        _ = session.readInput(now: at(i * 100 + 1))
      }
      let last = grid(session, level: 52)
      #expect(!session.isExact)
      #expect(session.timeout(now: at(200)) == 50)
      #expect(!session.settle(last, now: at(249)))
      #expect(session.settle(last, now: at(250)))
      terminal.receive()
      #expect(session.isExact && session.timeout(now: at(260)) == nil)
      #expect(terminal.screen.quarters(row: 1, column: 0)?[0] == .rgb(0x343434))
      #expect(terminal.screen.violations == [])
    }

    @Test func resizesAndSignalsArrive() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      defer { session.close() }
      session.draw(grid(session), now: at(0))
      terminal.receive()
      terminal.resize(rows: 7, columns: 50)
      for signal in [SIGTERM, SIGINT, SIGWINCH] { kill(getpid(), signal) }
      // Any thread may take them, at any time; the pipe says when.
      var signals: Set<TerminalSignal> = []
      var wait = pollfd(fd: session.signalDescriptor, events: Int16(POLLIN), revents: 0)
      while signals.count < 2 || session.rows != 7, unsafe poll(&wait, 1, 10_000) == 1 {
        _ = session.readInput(now: at(20))
        signals.formUnion(session.takeSignals())
      }
      #expect(signals == [.terminate, .interrupt])
      #expect(session.rows == 7 && session.columns == 50 && session.needsRedraw)
      session.draw(grid(session), now: at(1100))
      terminal.receive()
      #expect(terminal.screen.text(row: 0).hasPrefix(" hello ") && !session.needsRedraw)
      #expect(terminal.screen.violations == [])
    }

    @Test func aGridOfAnotherSizeWaits() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      defer { session.close() }
      terminal.receive()
      session.draw(CellGrid(rows: 9, columns: 30), now: at(0))
      #expect(session.needsRedraw && terminal.receive() == 0)
    }

    @Test func aLostTerminalIsAHangUp() throws {
      let terminal = try PseudoTerminal(rows: 10, columns: 30)
      let session = try open(terminal)
      terminal.hangUp()
      _ = session.readInput(now: at(0))
      #expect(session.takeSignals() == [.hangUp])
      session.draw(grid(session), now: at(20))
      session.close()
    }

    @Test func aStalledTerminalBlocksNothing() throws {
      let terminal = try PseudoTerminal(rows: 100, columns: 300)
      let session = try open(terminal)
      var source = RandomGrid(seed: 1, rows: 100, columns: 300)
      for i in 0..<40 {
        source.step()
        session.draw(source.grid, now: at(i * 20))
      }
      #expect(session.hasOutput && session.delayBeforeDraw(now: at(900)) != nil)
      terminal.type("q")
      #expect(session.readInput(now: at(901)).contains(.key("q")))
      while session.hasOutput, terminal.receive() > 0 { _ = session.readInput(now: at(902)) }
      terminal.receive()
      #expect(!session.hasOutput && terminal.screen.violations == [])
      #expect(differences(terminal.screen, source.grid).count <= 5)
      session.close()
    }
  }
}
