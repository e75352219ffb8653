public import BlitzCore

/// Something the person asks of the viewer; keys, palette and command line all end here.
///
/// Actions that move by an amount are multiplied by the pending count.
public enum Action: Hashable, Sendable {
  // Frames
  case step(frames: Int)
  case stepPercent(Int)
  case page(Fraction)
  case firstFrame
  case lastFrame
  case goTo(frame: Int)
  case awaitMark(MarkPrefix)
  case setMark(Unicode.Scalar)
  case jumpToMark(Unicode.Scalar)

  // Playing
  case togglePlay
  case scaleSpeed(SpeedChange)
  case cycleLoop
  case rangeIn
  case rangeOut
  case clearRange

  // Timeline
  case zoomTimeline(ZoomStep)
  case fitTimeline
  case showTimeline(FrameSlice)

  // Projections
  case toggleProjection(Projection)
  case cycleProjection

  // Corrections
  case toggleCorrection(CorrectionSwitches.Side)
  case setCorrection(CorrectionSwitches.Side, Correction?)
  case windowLength
  case setMask(FrameMask?)
  case maskRegion

  // Regions and traces
  case drawRegion(RegionDraft.Shape)
  case keepRegion
  case selectRegion(Int)
  case deleteRegion
  case addRegion(RegionOfInterest)
  case pinPoint
  case zoomToRegion
  case undo
  case redo
  case toggleTrace
  case nextStatistic
  case toggleBand
  case toggleDifference
  case showDifference(RegionPair?)
  case find(TraceSearch)
  case toggleHistogram

  // Levels and colours
  case autoLevels
  case toggleLevelLock
  case setLevels(darkest: Double, brightest: Double)
  case nextColorMap
  case setColorMap(String)
  case invertColors
  case cycleTransfer
  case toggleLevelTool
  case toggleMarks
  case toggleColorBar

  // View
  case zoom(ZoomStep)
  case toggleFit
  case pan(columns: Int, rows: Int)
  case togglePanTool
  case cyclePooling
  case toggleCrosshair
  case nextProfileWidth
  case setProfileWidth(Int)
  case nextEnvelope
  case setEnvelope(Envelope)
  case flip(Orientation.Axis)
  case rotate
  case setCells(CellShape)
  case nextCells
  case setCellAspect(Double?)
  case nextCellAspect

  // Saving
  case save(Export)
  case copyText

  // Program
  case toggle(Overlay)
  case commandLine
  case buildCache
  case leave
  case redraw
  case suspend
  case interrupt
  case quit
  case quitRemembering
  case resume

  /// Parts of the stack that a page key moves by.
  public enum Fraction: Hashable, Sendable {
    case tenthForward, tenthBack, twentiethForward, twentiethBack

    /// The signed part of the stack.
    var value: Double {
      switch self {
      case .tenthForward: 0.1
      case .tenthBack: -0.1
      case .twentiethForward: 0.05
      case .twentiethBack: -0.05
      }
    }
  }

  /// How the playing speed changes.
  public enum SpeedChange: Hashable, Sendable { case slower, faster, half, double, normal }

  /// How the magnification changes.
  public enum ZoomStep: Hashable, Sendable { case closer, farther }
}
