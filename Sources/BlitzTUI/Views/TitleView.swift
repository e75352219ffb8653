import BlitzCore
import BlitzModel

/// Draws what the recording is on the left and how loading goes on the right.
///
/// Neither depends on the frame, so that both texts are kept until what they say changes.
struct TitleView {
  private var facts: RecordingFacts?
  private var left = PrintableText("")
  private var progress: LoadProgress?
  private var right = PrintableText("")

  mutating func draw(_ state: ViewerState, area: CellArea, in grid: inout CellGrid) {
    keepTexts(of: state)
    let width = right.text.unicodeScalars.count
    grid.write(left, row: area.row, column: 1, width: area.columns - width - 3, style: .bold)
    grid.write(right, row: area.row, column: area.columns - width - 1, width: width)
  }

  private mutating func keepTexts(of state: ViewerState) {
    if facts != state.recording {
      facts = state.recording
      left = PrintableText(recordingText(state.recording))
    }
    if progress != state.loading {
      progress = state.loading
      right = PrintableText(loadingText(state.loading))
    }
  }
}

private func recordingText(_ facts: RecordingFacts) -> String {
  [
    "blitz", facts.name.text, "\(facts.shape.columns)x\(facts.shape.rows) \(facts.pixelText)",
    "\(facts.framesExact ? "" : "~")\(facts.sourceFrames) frames", facts.residence,
  ].joined(separator: "  ")
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
