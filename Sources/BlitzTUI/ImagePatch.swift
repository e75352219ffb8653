/// The pixels of the image pane: two above each other in every cell of `area`.
///
/// Colours are what the exact rung sends. `levels` are the LUT indices the colours came from, so that
/// lossy rungs can quantise data instead of colour; colour stacks have none.
public struct ImagePatch: Equatable, Sendable {
  /// Marks a pixel drawn over the data (ROI outline, crosshair): never quantised.
  public static let overlay: UInt32 = 1 << 24

  /// Cells covered by the image.
  public private(set) var area = CellArea.empty
  /// `0xRRGGBB`, row-major, `area.rows * 2` rows of `area.columns`; bit 24 marks an overlay.
  public var pixels: [UInt32] = []
  /// LUT index of each pixel, same layout; empty when the pixels are no LUT image.
  public var levels: [UInt8] = []
  /// The 256 colours behind `levels`, `0xRRGGBB`; empty when there are no levels.
  public var colors: [UInt32] = []

  /// No image.
  public init() {}

  /// Pixel rows of the patch.
  public var pixelRows: Int { area.rows * 2 }
  /// Pixel columns of the patch.
  public var pixelColumns: Int { area.columns }

  /// Gives the patch an area; keeps its memory and clears the pixels when the area changes.
  public mutating func place(_ area: CellArea) {
    guard area != self.area else { return }
    self.area = area
    let count = area.rows * 2 * area.columns
    pixels.removeAll(keepingCapacity: true)
    pixels.append(contentsOf: repeatElement(0, count: count))
    levels.removeAll(keepingCapacity: true)
  }

  /// Makes `levels` as long as `pixels`; what was in it stays where it is.
  public mutating func resizeLevels() {
    let missing = pixels.count - levels.count
    if missing > 0 { levels.append(contentsOf: repeatElement(0, count: missing)) }
    if missing < 0 { levels.removeLast(-missing) }
  }
}
