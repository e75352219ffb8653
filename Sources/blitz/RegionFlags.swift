import ArgumentParser
import BlitzCore
import BlitzKernels

/// Reads a region; its own words say what is wrong with it, and a following option is never taken.
@Sendable func region(_ text: String) throws -> RegionOfInterest {
  guard !text.hasPrefix("--") else {
    throw ValidationError("expected a region, not '\(PrintableText(text))'")
  }
  return try RegionOfInterest(parsing: text)
}

/// The regions that are drawn over a picture.
struct RegionFlags: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A region to draw, as often as needed: \(RegionOfInterest.grammar).", valueName: "ROI"),
    transform: region)
  var roi: [RegionOfInterest] = []

  /// Refuses regions that no pixel of a frame belongs to.
  func check(in shape: StackShape) throws(BlitzError) { try checkRegions(roi, in: shape) }
}

/// Refuses regions that no pixel of a frame belongs to.
func checkRegions(_ regions: [RegionOfInterest], in shape: StackShape) throws(BlitzError) {
  for region in regions {
    let spans = RowSpans(of: region, rows: shape.rows, columns: shape.columns)
    if spans.isEmpty { throw .unmeasurable(region, isOutside: spans.isClipped, shape) }
  }
}

extension BlitzError {
  /// What a region without any pixel of the frame gets.
  static func unmeasurable(
    _ region: RegionOfInterest, isOutside: Bool, _ shape: StackShape
  ) -> BlitzError {
    let subject = "--roi \(region.text)"
    guard isOutside else {
      return BlitzError(
        .usage, subject, "encloses no pixel", hint: "a pixel counts when its middle lies inside")
    }
    return BlitzError(
      .usage, subject, "lies outside the frames of \(shape.columns)x\(shape.rows)",
      hint: "regions are in pixels as loaded: after --crop and --size")
  }
}
