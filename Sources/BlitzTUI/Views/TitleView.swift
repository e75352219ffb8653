import BlitzCore
import BlitzModel

/// Draws what the recording is on the left and how loading goes on the right.
///
/// Neither depends on the frame, so that both texts are kept until what they say changes.
struct TitleView {
  private var facts: RecordingFacts?
  private var progress: LoadProgress?
  private var columns = 0
  private var left = PrintableText("")
  private var right = PrintableText("")

  mutating func draw(_ state: ViewerState, area: CellArea, in grid: inout CellGrid) {
    keepTexts(of: state, columns: area.columns)
    grid.write(left, row: area.row, column: 1, width: area.columns - 2, style: .bold)
    let width = right.text.unicodeScalars.count
    grid.write(right, row: area.row, column: area.columns - width - 1, width: width)
  }

  private mutating func keepTexts(of state: ViewerState, columns: Int) {
    guard facts != state.recording || progress != state.loading || self.columns != columns
    else { return }
    (facts, progress, self.columns) = (state.recording, state.loading, columns)
    right = PrintableText(loadingText(state.loading))
    left = fitted(state.recording, room: columns - right.width - 3)
  }

  /// As many facts as there is room for: half a fact is a wrong one. Only the name may be cut, and gives
  /// way first, to what still tells it from others.
  private func fitted(_ facts: RecordingFacts, room: Int) -> PrintableText {
    let program = "blitz  "
    let words = recordingWords(facts)
    for count in stride(from: words.count, through: 0, by: -1) {
      let rest = words.prefix(count).map { "  " + $0 }.joined()
      let left = room - program.utf8.count - PrintableText(rest).width
      guard count == 0 || left >= min(facts.name.width, Self.leastName) else { continue }
      return PrintableText(program + facts.name.cut(to: left).text + rest)
    }
    return PrintableText(program)
  }

  private static let leastName = 16
}

/// What there is to say beside the name, the most important first.
private func recordingWords(_ facts: RecordingFacts) -> [String] {
  [
    "\(facts.shape.columns)x\(facts.shape.rows) \(facts.pixelText)",
    "\(facts.framesExact ? "" : "~")\(facts.sourceFrames) frames", facts.residence,
  ]
}

private func loadingText(_ progress: LoadProgress) -> String {
  if progress.isRunning {
    return "loading \(progress.percent) % \(byteText(progress.bytesPerSecond))/s"
  }
  var words: [String] = []
  if progress.isPartial { words.append("partial \(progress.arrived)/\(progress.total)") }
  if progress.damaged > 0 { words.append("\(progress.damaged) damaged") }
  if progress.skipped > 0 { words.append("\(progress.skipped) skipped") }
  return words.joined(separator: "  ")
}

extension TextStyle {
  /// Plain, heavier.
  static let bold = TextStyle(.bold)
  /// Plain, fainter.
  static let dim = TextStyle(.dim)
}
