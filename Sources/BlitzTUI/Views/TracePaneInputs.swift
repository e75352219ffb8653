public import BlitzCore

/// What the trace pane shows.
public struct TracePaneInputs: Equatable, Sendable {
  /// A marked position.
  public struct Mark: Equatable, Sendable {
    /// The letter it goes by.
    public var letter: Unicode.Scalar
    /// Where it is.
    public var position: Int

    /// A mark.
    public init(_ letter: Unicode.Scalar, at position: Int) {
      (self.letter, self.position) = (letter, position)
    }
  }

  /// The selected region as the title names it, such as `A rect 120,88 40x40`.
  public var subject: PrintableText
  /// The statistic, such as `mean`.
  public var statistic: PrintableText
  /// One series for each region, indexed by the position of the frame in the loaded stack.
  public var series: [PlotSeries]
  /// Which series is the selected one; its peak is labelled.
  public var selected: Int
  /// The positions shown, all or a zoomed part.
  public var visible: Range<Int>
  /// Where the playhead stands.
  public var position: Int
  /// The chosen range in positions.
  public var range: Range<Int>?
  /// Marked positions and their letters.
  public var marks: [Mark] = []
  /// The source frames behind the positions.
  public var frames: FrameRange
  /// For the time of the peak.
  public var framesPerSecond: FrameRate?
  /// Times of source frames by their stamps, which come before the rate.
  public var times: [Double] = []
  /// What lines are drawn with.
  public var glyphs: PlotGlyphs
  /// True for a line where the value is 0, when the plot reaches it.
  public var hasZeroLine = true

  /// A pane that shows all positions.
  public init(
    subject: PrintableText, statistic: PrintableText, series: [PlotSeries], selected: Int = 0,
    position: Int, frames: FrameRange, framesPerSecond: FrameRate? = nil,
    glyphs: PlotGlyphs = .braille
  ) {
    (self.subject, self.statistic) = (subject, statistic)
    (self.series, self.selected, self.position) = (series, selected, position)
    (self.frames, self.framesPerSecond) = (frames, framesPerSecond)
    visible = 0..<frames.count
    self.glyphs = glyphs
  }
}
