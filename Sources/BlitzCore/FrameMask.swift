/// Which pixels of every frame count; the others are NaN on the screen and left out of every statistic.
///
/// A mask names what stays, so that `rect:` means the same as for a region of interest.
public enum FrameMask: Equatable, Hashable, Sendable {
  /// Keeps the pixels of a region, in loaded pixels; its name plays no part.
  case region(RegionOfInterest)
  /// Keeps the pixels that are neither 0 nor NaN in an image file, never an empty path.
  case file(String)

  /// The spelling of a mask on the command line, for hints.
  public static let grammar = "rect:x,y,w,h | ellipse:x,y,w,h | polygon:x1,y1,... | FILE"

  private static let shapes = ["rect:", "ellipse:", "polygon:", "point:"]

  /// Reads a mask as it is written on the command line. A file whose name begins like a shape needs
  /// `file:` in front, which any other may have too.
  ///
  /// - Throws: `usage`, saying what is wrong with the region, or that nothing is named.
  public init(parsing text: String) throws(BlitzError) {
    if Self.shapes.contains(where: { text.hasPrefix($0) }) {
      do throws(BlitzError) {
        self = .region(try RegionOfInterest(parsing: text))
      } catch {
        throw BlitzError(
          .usage, "mask \(text)", "\(error.reason)", hint: "write it as \(Self.grammar)")
      }
      return
    }
    let path = text.hasPrefix("file:") ? String(text.dropFirst(5)) : text
    guard !path.isEmpty else {
      throw BlitzError(.usage, "mask", "it names nothing", hint: "write it as \(Self.grammar)")
    }
    self = .file(path)
  }

  /// The mask as it would be written on the command line, a file with `file:` in front.
  public var text: String {
    switch self {
    case .region(let region): region.outlineText
    case .file(let path): "file:\(path)"
    }
  }
}
