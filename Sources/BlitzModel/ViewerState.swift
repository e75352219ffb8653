public import BlitzCore

/// All that the screen depends on, but for pixels: a plain value that only messages change.
public struct ViewerState: Equatable, Sendable {
  /// What the arrow keys move.
  public enum Focus: Equatable, Sendable { case frames, crosshair, pan, region, levels }

  /// What is shown.
  public let recording: RecordingFacts
  /// How far loading is.
  public internal(set) var loading: LoadProgress
  /// Which frame, and how it moves.
  public internal(set) var playback: Playback
  /// What the timeline and the trace pane show of the stack.
  public internal(set) var timeWindow: TimeWindow
  /// The chosen range, in source frames; nil is the whole stack.
  public internal(set) var range: FrameRange? {
    didSet { if range != oldValue { stoppedPlane = nil } }
  }
  /// The projection shown instead of the frame.
  public internal(set) var projection: Projection?
  /// Part of the projection that is computed, 0...1, while a worker is at it.
  public internal(set) var projecting: Double?
  /// Seconds that are likely left of that, once they can be told.
  public internal(set) var projectingSeconds: Double?
  /// Seconds of frames after the first by the recording's own stamps, as far as they are known.
  public internal(set) var times: [Double] = []
  /// The projection that the person stopped, until something else is shown.
  var stoppedPlane: Plane?
  /// What is subtracted and divided out.
  public internal(set) var corrections = CorrectionSwitches()
  /// Which part of the frame.
  public internal(set) var viewport = Viewport()
  /// The image pane's pixels.
  public internal(set) var canvas = Viewport.Canvas(columns: 0, rows: 0)
  /// How many pixels share a cell.
  public internal(set) var cells = CellShape.half
  /// Height of a cell over its width, when the person has corrected it.
  public internal(set) var cellAspect: Double?
  /// How samples become colours.
  public internal(set) var display = Display()
  /// What the arrows do.
  public internal(set) var focus = Focus.frames
  /// The crosshair, when it is on.
  public internal(set) var crosshair: PixelPoint?
  /// Rows or columns that the profiles are the mean of.
  public internal(set) var profileWidth = 1
  /// What the profiles are seen within.
  public internal(set) var envelope = Envelope.off
  /// The pixel under the mouse, when there is one.
  public internal(set) var hover: PixelPoint?
  /// The regions of interest.
  public internal(set) var regions = RegionList()
  /// The region being drawn or changed.
  public internal(set) var draft: RegionDraft?
  /// Set while the draft changes the selected region instead of drawing a new one.
  var draftTarget: DraftTarget?
  /// True when the trace pane is wanted.
  public internal(set) var isTraceOpen = false
  /// What the trace pane plots.
  public internal(set) var statistic = RegionStatistics.Statistic.mean
  /// True for the band from minimum to maximum.
  public internal(set) var hasBand = true
  /// The two regions whose difference the trace pane plots instead of all.
  public internal(set) var difference: RegionPair?
  /// Traces as far as they are measured.
  public internal(set) var board = TraceBoard.empty
  /// True when the histogram is wanted.
  public internal(set) var isHistogramOpen = false
  /// True when the colours are to be shown with their values beside the image.
  public internal(set) var isColorBarOpen = false
  /// The level that the arrows move in the level tool.
  public internal(set) var levelEnd = LevelEnd.brightest
  /// The panes that the screen has room for.
  public internal(set) var visiblePanes: PaneSet = []
  /// The open sheet.
  public internal(set) var overlay: Overlay?
  /// First line of a sheet that is longer than the screen.
  public internal(set) var overlayTop = 0
  /// The open palette.
  public internal(set) var palette = Palette()
  /// The open file list.
  public internal(set) var files = FileBrowser()
  /// The chosen row of a sheet that has such.
  public internal(set) var overlayRow = 0
  /// The open command line.
  public internal(set) var prompt: Prompt?
  /// Digits typed so far.
  public internal(set) var count = CountEntry()
  /// A mark key was pressed and waits for its letter.
  public internal(set) var pendingMark: MarkPrefix?
  /// Marked source frames by letter.
  public internal(set) var marks: [Unicode.Scalar: Int] = [:]
  /// Names of the exports that are being written, oldest first.
  public internal(set) var saving: [PrintableText] = []
  /// Where an earlier visit ended.
  public internal(set) var remembered: ViewerPosition?
  /// Something to tell, until the next key.
  public internal(set) var notice: PrintableText?
  /// The offer to cache the recording, until it is taken or left.
  public internal(set) var cacheOffer: CacheOffer?
  /// Part of the cache that is built, 0...1, while one is in the making.
  public internal(set) var caching: Double?
  /// What is known of the picture on the screen.
  public internal(set) var picture: PictureFacts?

  /// Levels of planes shown before, so that toggling back shows them as they were.
  var levelMemory: [PlaneLook: LevelMemory] = [:]
  /// The search that waits for its trace.
  var runningSearch: RunningSearch?
  /// The region that the mouse has just drawn, until the next key or press: Enter belongs to it.
  var freshRegion: String?
  var correctionForms: [CorrectionSwitches.Side: CorrectionForm] = [:]
  var correctionFault: CorrectionFault?
  var history: [String] = []
  var grip: Grip?
  var edits = EditHistory()
  /// The level that the mouse holds.
  var heldLevel: LevelEnd?
  /// The pixel that the mouse took hold of to move the view.
  var heldPixel: PixelPoint?
  var isQuitArmed = false
  var leavesWhenSaved = false
  var fitGeneration = 0
  var fitWanted: Double?

  /// The state in which a recording opens: first frame, whole view, levels fitted with 1 % trim.
  public init(
    recording: RecordingFacts, display: Display = Display(), corrections: Corrections = .init()
  ) {
    self.recording = recording
    self.corrections = CorrectionSwitches(corrections)
    self.display = display
    loading = LoadProgress(total: recording.kept.count)
    playback = Playback(count: recording.kept.count)
    timeWindow = TimeWindow(count: recording.kept.count)
    if display.levels == nil { requestFit(trim: display.trim ?? 1) }
  }

  /// The source number of the wanted frame.
  public var frame: Int { recording.kept[playback.position] }

  /// The pixel whose value the status shows: the mouse wins over the crosshair.
  public var probe: PixelPoint? { hover ?? crosshair }

  /// The panes that have something to show.
  public var wantedPanes: PaneSet {
    var panes: PaneSet = []
    if isTraceOpen { panes.insert(.trace) }
    if crosshair != nil { panes.insert(.profiles) }
    if isHistogramOpen { panes.insert(.histogram) }
    if isColorBarOpen { panes.insert(.colorBar) }
    return panes
  }

  /// What must be measured to show this state; nil when no trace is seen or searched.
  public var traceRequest: TraceRequest? {
    let isSeen = visiblePanes.contains(.trace) || runningSearch != nil
    guard isSeen || overlay == .regions else { return nil }
    let regions = visibleRegions.map(\.region)
    let point = isSeen ? tracedPoint : nil
    guard !regions.isEmpty || point != nil else { return nil }
    return TraceRequest(
      regions: regions, point: point, corrections: corrections.active,
      needsMedian: statistic == .median,
      arrived: loading.arrived)
  }

  /// Where the frame lands on the canvas; nil when the pane is too small.
  public var placement: Viewport.Placement? {
    viewport.placement(
      frameColumns: recording.shape.columns, frameRows: recording.shape.rows, canvas: canvas)
  }

  /// What the image pane is to show.
  public var plane: Plane {
    projection.map { .projection($0, projectedPositions) } ?? .frame(playback.position)
  }

  /// The range that a projection covers, in source frames.
  public var projectedRange: FrameRange {
    let kept = recording.kept
    return range ?? FrameRange(start: kept.start, end: kept.end) ?? kept
  }

  /// True while the wanted plane is not there and an older image stands in for it.
  public var isWaiting: Bool {
    picture.map { $0.request.plane == plane && $0.condition == .pending } ?? false
  }

  /// True when the person stopped computing the plane that is shown.
  public var isStopped: Bool { stoppedPlane == plane }

  /// What the projection on the screen lacks; empty for a whole one, and for a frame.
  public var shortfall: ProjectionShortfall {
    guard let picture, picture.request.plane == plane else { return ProjectionShortfall() }
    return picture.shortfall
  }

  /// How many samples of the frame on the screen are 0 because they would be divided by 0.
  public var zeroed: Int {
    guard projection == nil, let picture, picture.request.corrections == corrections.active
    else { return 0 }
    return picture.zeroed
  }

  /// True until a projection that was asked for has been answered; not while a range is dragged, when
  /// the image is always a step behind.
  public var awaitsProjection: Bool {
    projection != nil && !isStopped && picture?.request.plane != plane && heldPlace != .timeline
  }

  /// True while the image on the screen must be told from the wanted one; not while a range is
  /// dragged, when it is always a step behind.
  public var isImageOld: Bool { isWaiting && heldPlace != .timeline }

  /// What must be computed to show this state; nil when no image fits.
  public var pictureRequest: PictureRequest? {
    let hasProfiles = visiblePanes.contains(.profiles) && crosshair != nil
    return placement.map {
      PictureRequest(
        plane: plane,
        arrived: projection != nil || hasProfiles && envelope == .stack ? loading.arrived : 0,
        isStopped: isStopped, corrections: corrections.active, placement: $0,
        pooling: display.pooling,
        showsGaps: display.hasMarks, probe: probe,
        profiles: hasProfiles ? crosshair : nil, profileWidth: profileWidth,
        envelope: hasProfiles ? envelope : .off,
        hasHistogram: visiblePanes.contains(.histogram),
        fit: fitWanted.map { .init(trim: $0, generation: fitGeneration) })
    }
  }

  /// True when a plane, computed by now, is something that the picture waits for.
  public func awaits(_ plane: Plane) -> Bool {
    guard plane != self.plane else { return true }
    guard case .projection(_, let range) = plane else { return false }
    return range.count == playback.count && pictureRequest?.envelope == .stack
  }

  /// True where a sliding window that frames are corrected by has none for the one that is shown: it
  /// has no values.
  public var lacksWindow: Bool {
    corrections.subtracts && lacksWindow(corrections.set.subtract)
      || corrections.divides && lacksWindow(corrections.set.divide)
  }

  private func lacksWindow(_ correction: Correction?) -> Bool {
    guard case .frame(let position) = plane, case .window(let window) = correction?.source
    else { return false }
    return window.frames(of: position, in: playback.count).isEmpty
  }

  /// True when the levels are a stopgap: the plane that they were to be fitted to has no two values.
  var isFitTentative: Bool {
    guard let picture, fitWanted != nil else { return false }
    return picture.condition != .pending && picture.request.fit?.generation == fitGeneration
  }

  /// Positions that playing moves within.
  var playBounds: Range<Int> {
    guard playback.loop == .range || playback.loop == .pingPong else { return 0..<playback.count }
    return projectedPositions.start..<projectedPositions.end
  }

  /// The positions that `projectedRange` covers; at least the nearest one.
  public var projectedPositions: FrameRange { positions(of: projectedRange) }

  mutating func requestFit(trim: Double) {
    fitGeneration += 1
    fitWanted = trim
  }
}
