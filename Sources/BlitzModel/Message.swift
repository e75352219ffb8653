public import BlitzCore

/// Something that happened; the only way to change the state.
public enum Message: Sendable {
  /// A key was pressed.
  case key(Key)
  /// Text was pasted.
  case paste(String)
  /// The mouse did something at a place that means something.
  case pointer(PointerEvent)
  /// Something was asked for otherwise, by a signal or an option.
  case action(Action)
  /// The image pane has this many pixels now.
  case canvas(Viewport.Canvas)
  /// Playing: time for the next frame.
  case playTick
  /// The two seconds in which a second Ctrl-C quits are over.
  case quitExpired
  /// Loading moved on.
  case loading(LoadProgress)
  /// A picture is ready, or known to be missing.
  case picture(PictureFacts)
  /// Corrections that were waited for are ready, or were refused.
  case corrected
  /// A correction cannot be prepared.
  case correctionRefused(CorrectionFault)
  /// The files of the recording were listed.
  case files(FileList)
  /// The screen has room for these panes.
  case panes(PaneSet)
  /// Traces were measured, in part or in full.
  case traces(TraceBoard)
  /// A plane is being projected; 1 when it is done. The seconds are what is likely left of it.
  case projecting(Plane, Double, secondsLeft: Double? = nil)
  /// A plane could not be projected, and why.
  case projectionFailed(Plane, PrintableText)
  /// A plane was stopped before there was anything of it to show.
  case projectionStopped(Plane)
  /// When frames were taken by the recording's own stamps, from frame 0 on as far as they are known.
  case times([Double])
  /// The recording could be cached.
  case cacheOffered(CacheOffer)
  /// A cache in the making moved on.
  case caching(CacheProgress)
  /// An export ended.
  case exported(ExportOutcome)
  /// An earlier visit left a position.
  case remembered(ViewerPosition)
  /// Something to tell the person.
  case notice(PrintableText)
}

/// A mouse event in terms of what is under it.
public struct PointerEvent: Equatable, Sendable {
  /// What is under the pointer.
  public enum Target: Equatable, Sendable {
    case image(PixelPoint)
    /// A kept position on the timeline, and what is drawn there.
    case timeline(Int, TimelinePart)
    /// A kept position in the trace pane.
    case trace(Int)
    /// A value on the axis of the histogram; beyond its ends while the mouse holds a level.
    case histogram(Double)
    case elsewhere
  }

  /// What is drawn on a cell of the timeline.
  public enum TimelinePart: Hashable, Sendable {
    case playhead, rangeStart, rangeEnd
    /// Between the ends of the range.
    case range
    /// Outside the range.
    case free
  }

  /// What a drag can begin on.
  public enum Place: Hashable, Sendable { case image, timeline, trace }

  /// What is under the pointer.
  public let target: Target
  /// The report it came from.
  public let event: MouseEvent

  /// An event at a target.
  public init(_ target: Target, _ event: MouseEvent) { (self.target, self.event) = (target, event) }
}
