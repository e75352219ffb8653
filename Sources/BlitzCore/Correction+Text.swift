extension Correction {
  /// The spelling of a correction on the command line, for hints.
  public static let grammar =
    "mean|std|min|max|median:A:B | file:PATH | slide:W[:LAG] | trail:W | center:W, each with @N% behind"

  /// Reads a correction as it is written on the command line, such as `mean:0:50@70%`.
  ///
  /// `@N%` counts as the amount only at the very end, so a path may hold an `@`.
  ///
  /// - Throws: `usage`, saying which part is wrong.
  public init(parsing text: String) throws(BlitzError) {
    func failure(_ reason: String) -> BlitzError {
      BlitzError(.usage, "correction \(text)", reason, hint: "write it as \(Self.grammar)")
    }
    let (body, amount) = Self.splitAmount(text)
    guard let colon = body.firstIndex(of: ":") else { throw failure("it names no source") }
    let (word, rest) = (body[..<colon], body[body.index(after: colon)...])
    guard let source = Self.source(word, rest) else {
      throw failure("unknown source, or not the numbers it needs")
    }
    guard let correction = Correction(source, amount: amount) else {
      throw failure("the amount must be 0 to 100 %, and a path must not be empty")
    }
    self = correction
  }

  /// The correction as it would be written on the command line.
  public var text: String {
    guard amount != 1 else { return sourceText }
    let percent = amount * 100
    return sourceText + "@" + (Int(exactly: percent).map { "\($0)" } ?? "\(percent)") + "%"
  }

  private var sourceText: String {
    switch source {
    case .projection(let operation, let slice): "\(operation.rawValue):\(slice.text)"
    case .file(let path): "file:\(path)"
    case .window(let window): window.text
    }
  }

  /// The text before a trailing `@N%`, and N / 100; 1 without it.
  private static func splitAmount(_ text: String) -> (body: Substring, amount: Double) {
    guard text.hasSuffix("%"), let at = text.lastIndex(of: "@"),
      let percent = Double(text[text.index(after: at)...].dropLast())
    else { return (text[...], 1) }
    return (text[..<at], percent / 100)
  }

  private static func source(_ word: Substring, _ rest: Substring) -> Source? {
    if word == "file" { return .file(String(rest)) }
    if let operation = Projection(rawValue: String(word)), operation != .sum {
      return FrameSlice(rest).map { .projection(operation, $0) }
    }
    let numbers = rest.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard let length = numbers.first ?? nil, !numbers.contains(nil) else { return nil }
    let window: SlidingWindow? =
      switch (word, numbers.count) {
      case ("slide", 1): SlidingWindow(.slide(lag: 0), length: length)
      case ("slide", 2): SlidingWindow(.slide(lag: numbers[1] ?? 0), length: length)
      case ("trail", 1): SlidingWindow(.trail, length: length)
      case ("center", 1): SlidingWindow(.center, length: length)
      default: nil
      }
    return window.map { .window($0) }
  }
}

extension SlidingWindow {
  /// The window as it would be written on the command line.
  public var text: String {
    switch kind {
    case .slide(lag: 0): "slide:\(length)"
    case .slide(let lag): "slide:\(length):\(lag)"
    case .trail: "trail:\(length)"
    case .center: "center:\(length)"
    }
  }
}
