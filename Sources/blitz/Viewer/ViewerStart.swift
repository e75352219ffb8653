import ArgumentParser
import BlitzCore
import BlitzModel

/// What the viewer opens with, as the command line says.
struct ViewerStart: ParsableArguments {
  @Option(parsing: .unconditional, help: ArgumentHelp("First frame to show.", valueName: "N"))
  var frame: Int?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A region to trace: \(RegionOfInterest.grammar).", valueName: "ROI"),
    transform: region)
  var roi: [RegionOfInterest] = []

  @OptionGroup(title: "View options")
  var view: ViewFlags

  @OptionGroup(title: "Correction options")
  var corrections: CorrectionFlags

  /// The first state of the viewer.
  func state(_ recording: RecordingFacts) -> ViewerState {
    var state = ViewerState(
      recording: recording, display: view.display, corrections: corrections.corrections)
    if let frame { _ = state.update(.action(.goTo(frame: frame))) }
    for region in roi { _ = state.update(.action(.addRegion(region))) }
    return state
  }

  /// Refuses regions that cannot be measured in a frame, or told from one another.
  func check(in shape: StackShape) throws(BlitzError) {
    try checkRegions(roi, in: shape)
    _ = try TraceTable.names(of: roi)
  }
}
