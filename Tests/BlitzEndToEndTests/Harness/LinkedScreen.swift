import BlitzTestSupport

/// A terminal at the end of a line: so many bytes a second arrive, and it answers late.
final class LinkedScreen {
  let screen: PTYScreen
  /// What the person at the other end sees.
  private(set) var terminal: ScreenEmulator
  private let bytesPerSecond, delay: Double
  private var credit = 0.0
  private var last = now()
  private var fed = 0
  private var answered = 0
  private var answers: [Double] = []

  /// - Parameters:
  ///   - bytesPerSecond: What the line carries.
  ///   - delay: Seconds from a request's arrival to the answer's.
  init(
    _ arguments: [String], bytesPerSecond: Double, delay: Double, columns: Int = 80, rows: Int = 24,
    environment changes: [String: String?] = [:]
  ) throws {
    screen = try PTYScreen(
      [Built.blitz] + arguments, columns: columns, rows: rows, environment: changes)
    terminal = ScreenEmulator(rows: rows, columns: columns)
    (self.bytesPerSecond, self.delay) = (bytesPerSecond, delay)
  }

  /// Bytes that have arrived.
  var received: Int { fed }

  /// The screen's text, line by line.
  var text: String { (0..<terminal.rows).map { terminal.text(row: $0) }.joined(separator: "\n") }

  /// Lets the line carry what it can, and the terminal answer what is due.
  func step() {
    let time = now()
    // A line holds nothing back: what it did not carry is lost to it.
    credit = min(credit + (time - last) * bytesPerSecond, max(bytesPerSecond / 20, 64))
    last = time
    if credit >= 1 {
      screen.bytesPerRead = Int(credit)
      screen.read(milliseconds: 2)
    }
    credit -= Double(screen.output.count - fed)
    terminal.feed(screen.output[fed...])
    fed = screen.output.count
    while answered < terminal.statusRequests {
      answered += 1
      answers.append(now() + delay)
    }
    while let due = answers.first, due <= now() {
      answers.removeFirst()
      screen.type("\u{1b}[0n")
    }
  }

  /// Goes on until it is so or the time is up, and says which.
  func run(seconds: Double = 60, until isSo: () -> Bool) -> Bool {
    let deadline = now() + seconds
    while !isSo() {
      if now() > deadline { return false }
      step()
    }
    return true
  }

  /// Goes on until nothing has arrived for a while.
  func settle(quiet: Double = 0.6) -> Bool {
    var (count, since) = (fed, now())
    return run {
      if fed != count { (count, since) = (fed, now()) }
      return now() - since > quiet + delay
    }
  }
}
