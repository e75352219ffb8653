/// A stack in memory that is filled frame by frame, from any thread.
public protocol FrameStore: SampleSource {
  /// Frames published so far, damaged ones included.
  var arrivedCount: Int { get }

  /// Writes and publishes one frame.
  ///
  /// - Parameters:
  ///   - frame: The frame; false is returned when someone else has it already.
  ///   - scratch: The calling worker's own; used only by stores that do not hold `Float`.
  ///   - areFinite: True when it is known that no sample will be NaN or infinite, which then need not
  ///     be found out.
  ///   - body: Fills all samples and says how that went. `damaged` makes them NaN whatever was
  ///     written; `pending` gives the frame back unpublished, for another try.
  /// - Returns: True when the frame was published by this call.
  @discardableResult
  func fill(
    frame: Int, scratch: BandScratch, areFinite: Bool,
    _ body: (inout MutableSpan<Float>) -> FrameCondition
  ) -> Bool
}

extension FrameStore {
  /// True when every frame is published.
  public var isComplete: Bool { arrivedCount == shape.frames }
}
