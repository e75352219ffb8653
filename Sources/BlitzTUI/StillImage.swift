import BlitzModel
import CTerminalShims

/// A picture as lines of text, for output that goes by: no cursor movement, every line ends plain.
public struct StillImage {
  /// How colours are spelt.
  public let depth: ColorDepth

  /// A still in the given colours.
  public init(depth: ColorDepth) { self.depth = depth }

  /// A still in the colours that fit where standard output goes.
  ///
  /// A person's wish counts first. A file or a pipe gets none, nor does anyone who sets `NO_COLOR`;
  /// without a UTF-8 locale it is ASCII.
  ///
  /// - Parameter isTerminal: Whether standard output is one.
  public init(options: TerminalOptions, environment: [String: String], isTerminal: Bool) {
    let isUTF8 = Self.isUTF8(environment)
    guard options.colors == nil, isTerminal else {
      depth = options.colors ?? (isUTF8 ? .mono : .ascii)
      return
    }
    let type = environment["TERM"] ?? ""
    let colors = type.contains("256color") ? 256 : ["", "dumb"].contains(type) ? 0 : 8
    depth =
      Capabilities(
        options: options, environment: environment, terminfoColors: colors, isUTF8: isUTF8,
        isXtermLike: false
      ).depth
  }

  /// The whole patch, each row of cells as a line.
  ///
  /// - Complexity: O(cells).
  public func lines(_ patch: ImagePatch) -> [UInt8] {
    var out = OutputBuffer()
    var encoder = CellEncoder(depth: depth)
    for row in 0..<patch.area.rows {
      encoder.beginBurst()
      out.reserve((patch.area.columns + 1) * CellEncoder.maximumBytes)
      for column in 0..<patch.area.columns { append(patch, row, column, &encoder, to: &out) }
      if depth != .mono && depth != .ascii { out.append(Escape.resetStyle) }
      out.append(UInt8(ascii: "\n"))
    }
    return Array(out.bytes)
  }

  /// Rows and columns of the terminal behind a descriptor and its cells' height over their width
  /// (nil when unknown); nil when it is no terminal.
  public static func room(_ descriptor: Int32) -> (rows: Int, columns: Int, aspect: Double?)? {
    var size: [CInt] = [0, 0, 0, 0]
    unsafe blz_tty_size(descriptor, &size)
    guard size[0] > 0, size[1] > 0 else { return nil }
    let hasPixels = size[2] > 0 && size[3] > 0
    let width = Double(size[2]) / Double(size[1])
    let height = Double(size[3]) / Double(size[0])
    return (Int(size[0]), Int(size[1]), hasPixels ? height / width : nil)
  }

  private func append(
    _ patch: ImagePatch, _ row: Int, _ column: Int, _ encoder: inout CellEncoder,
    to out: inout OutputBuffer
  ) {
    if depth == .ascii {
      let character = patch.character(
        row: patch.area.row + row, column: patch.area.column + column)
      return out.append(UInt8(truncatingIfNeeded: character.value))
    }
    let cell = cell(patch, row, column)
    let next = column + 1 < patch.area.columns ? self.cell(patch, row, column + 1) : cell
    out.fill { raw, from in
      var end = from
      encoder.append(cell, next: next, to: &raw, at: &end)
      return end
    }
  }

  private func cell(_ patch: ImagePatch, _ row: Int, _ column: Int) -> ImageCell {
    let mapping = PaletteMapping(depth: depth)
    let place = 2 * row * patch.pixelColumns + column * patch.shape.pixelColumns
    if patch.shape == .quadrant {
      return ImageCell(
        QuadrantSplit(patch.pixels.span, at: place, stride: patch.pixelColumns), mapping, row: row,
        column: column)
    }
    return ImageCell(
      top: mapping.index(of: patch.pixels[place], row: 2 * row, column: column),
      bottom: mapping.index(
        of: patch.pixels[place + patch.pixelColumns], row: 2 * row + 1, column: column),
      tag: ImageCell.tag(depth))
  }

  /// As the C library reads the locale: the first of three variables that is set decides.
  private static func isUTF8(_ environment: [String: String]) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let encoding = locale.lowercased()
    return encoding.contains("utf-8") || encoding.contains("utf8")
  }
}
