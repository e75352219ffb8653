public import BlitzModel

/// The pixels of the image pane: two or four in every cell of `area`.
///
/// Colours are what the exact rung sends. `levels` are the LUT indices the colours came from, so that
/// lossy rungs can quantise data instead of colour; colour stacks have none.
public struct ImagePatch: Equatable, Sendable {
  /// Marks a pixel that shows no data, or is drawn over it: never quantised.
  public static let overlay: UInt32 = 1 << 24
  /// Marks such a pixel that belongs to a line (ROI outline, crosshair), which must be seen whatever lies
  /// around it, also where there are no colours.
  public static let line: UInt32 = overlay | 1 << 25

  /// Cells covered by the image.
  public private(set) var area = CellArea.empty
  /// How many pixels share a cell.
  public private(set) var shape = CellShape.half
  /// `0xRRGGBB`, row-major, `pixelRows` rows of `pixelColumns`; with `overlay` or `line`.
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
  public var pixelColumns: Int { area.columns * shape.pixelColumns }

  /// Gives the patch an area; keeps its memory and clears the pixels when their number changes.
  public mutating func place(_ area: CellArea, shape: CellShape = .half) {
    guard area != self.area || shape != self.shape else { return }
    (self.area, self.shape) = (area, shape)
    let count = pixelRows * pixelColumns
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
