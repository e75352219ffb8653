/// Four pixels of a cell in two colours: the split whose means are nearest to the pixels.
struct QuadrantSplit {
  /// Mean of the pixels in `quarters`, and of the others.
  let first, second: UInt32
  /// The pixels of the first colour: top left (always), top right, bottom left, bottom right.
  let quarters: UInt64

  /// Tries all splits; overlay pixels stay together and unmixed.
  init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) {
    let pixels: [4 of UInt32] = [a, b, c, d]
    let overlays = Self.overlays(pixels)
    if overlays != 0 {
      self = Self.around(overlays, pixels)
    } else if a == b && a == c && a == d {
      self.init(first: a, second: a, quarters: 0b1111)
    } else {
      self = Self.nearest(pixels)
    }
  }

  /// The same for the cell whose top left pixel is at `place` of an image.
  init(_ pixels: Span<UInt32>, at place: Int, stride: Int) {
    self.init(
      pixels[place], pixels[place + 1], pixels[place + stride], pixels[place + stride + 1])
  }

  private init(first: UInt32, second: UInt32, quarters: UInt64) {
    (self.first, self.second, self.quarters) = (first, second, quarters)
  }

  private static func nearest(_ pixels: [4 of UInt32]) -> QuadrantSplit {
    var best = (error: Int32.max, quarters: 0b1111)
    for quarters in stride(from: 1, through: 15, by: 2) {
      let error = error(pixels, quarters) + error(pixels, 15 ^ quarters)
      if error < best.error { best = (error, quarters) }
    }
    let first = mean(pixels, best.quarters).packed
    let second = best.quarters == 15 ? first : mean(pixels, 15 ^ best.quarters).packed
    return QuadrantSplit(first: first, second: second, quarters: UInt64(best.quarters))
  }

  /// Overlay pixels take one colour, the first one's; the others take their mean.
  private static func around(_ overlays: Int, _ pixels: [4 of UInt32]) -> QuadrantSplit {
    let overlay = pixels[overlays.trailingZeroBitCount]
    guard overlays != 15 else {
      return QuadrantSplit(first: overlay, second: overlay, quarters: 0b1111)
    }
    let rest = mean(pixels, 15 ^ overlays).packed
    return overlays & 1 != 0
      ? QuadrantSplit(first: overlay, second: rest, quarters: UInt64(overlays))
      : QuadrantSplit(first: rest, second: overlay, quarters: UInt64(15 ^ overlays))
  }

  private static func overlays(_ pixels: [4 of UInt32]) -> Int {
    var set = 0
    for i in 0..<4 where pixels[i] & ImagePatch.overlay != 0 { set |= 1 << i }
    return set
  }

  private static func mean(_ pixels: [4 of UInt32], _ set: Int) -> RGB {
    var sum = RGB(0, 0, 0)
    for i in 0..<4 where set >> i & 1 != 0 {
      let color = RGB(pixels[i])
      sum = RGB(sum.red + color.red, sum.green + color.green, sum.blue + color.blue)
    }
    let count = Int32(max(set.nonzeroBitCount, 1))
    return RGB(
      (sum.red + count / 2) / count, (sum.green + count / 2) / count,
      (sum.blue + count / 2) / count)
  }

  private static func error(_ pixels: [4 of UInt32], _ set: Int) -> Int32 {
    guard set != 0 else { return 0 }
    let mean = mean(pixels, set)
    var error: Int32 = 0
    for i in 0..<4 where set >> i & 1 != 0 { error += RGB(pixels[i]).distance(to: mean) }
    return error
  }
}

extension ImageCell {
  /// Both colours of a split as a terminal numbers them, dithered as one pixel of the cell would be.
  init(_ split: QuadrantSplit, _ mapping: PaletteMapping, row: Int, column: Int) {
    self.init(
      mapping.index(of: split.first, row: row, column: column),
      mapping.index(of: split.second, row: row, column: column), quarters: split.quarters,
      tag: Self.tag(mapping.depth))
  }
}
