import BlitzCore
import BlitzModel

/// Draws what the recording is on the left and how loading goes on the right.
func drawTitle(_ state: ViewerState, area: CellArea, in grid: inout CellGrid) {
  let facts = state.recording
  let left = [
    "blitz", facts.name.text, "\(facts.shape.columns)x\(facts.shape.rows) \(facts.pixelText)",
    "\(facts.framesExact ? "" : "~")\(facts.sourceFrames) frames", facts.residence,
  ].joined(separator: "  ")
  let right = loadingText(state.loading)
  let room = area.columns - right.unicodeScalars.count - 3
  grid.write(PrintableText(left), row: area.row, column: 1, width: room, style: .bold)
  grid.write(
    PrintableText(right), row: area.row,
    column: area.columns - right.unicodeScalars.count - 1, width: right.unicodeScalars.count)
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
