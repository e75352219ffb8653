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
    left = fitted(recordingWords(state.recording), room: columns - right.width - 3)
  }

  /// As many facts as there is room for: half a fact is a wrong one. Only the name may be cut.
  private func fitted(_ words: [String], room: Int) -> PrintableText {
    var text = words.prefix(2).joined(separator: "  ")
    for word in words.dropFirst(2) {
      let more = "\(text)  \(word)"
      guard PrintableText(more).width <= room else { break }
      text = more
    }
    let scalars = text.unicodeScalars.prefix(max(room, 0))
    return PrintableText(String(String.UnicodeScalarView(scalars)))
  }
}

private func recordingWords(_ facts: RecordingFacts) -> [String] {
  [
    "blitz", facts.name.text, "\(facts.shape.columns)x\(facts.shape.rows) \(facts.pixelText)",
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
