/// Which planes of a TIFF file are the frames of the stack.
///
/// A plain file's pages are its frames. ImageJ and OME-TIFF name further axes: time is read where
/// there is more than one time point, else depth, else channels; of the others the first plane.
struct TIFFAxes: Equatable {
  /// Frames, and planes from one frame to the next.
  let frames, stride: Int
  /// What was chosen, when there was a choice.
  let note: String?

  /// Every plane is a frame.
  init(planes: Int, note: String? = nil) { (frames, stride, self.note) = (planes, 1, note) }

  /// The axes that a description names.
  ///
  /// - Parameters:
  ///   - description: Text of the first page's description tag.
  ///   - planes: Planes that the file holds.
  ///   - channels: Samples of a pixel, which OME counts as channels.
  init(description: String, planes: Int, channels: Int) {
    guard let sizes = Self.imageJ(description) ?? Self.ome(description, channels: channels),
      sizes.contains(where: { $0.count > 1 })
    else {
      self.init(planes: planes)
      return
    }
    var product = 1
    for size in sizes {
      let (value, overflow) = product.multipliedReportingOverflow(by: size.count)
      product = overflow ? 0 : value
    }
    guard product == planes else {
      let claim = sizes.map { "\($0.count) \($0.axis)" }.joined(separator: " x ")
      self.init(planes: planes, note: "its description claims \(claim) planes: all are frames")
      return
    }
    self.init(sizes: sizes)
  }

  /// Axes from the fastest on; at least one is longer than 1.
  private init(sizes: [Axis]) {
    let chosen = "TZC".first { name in sizes.contains { $0.axis == name && $0.count > 1 } }
    var stride = 1
    var frames = 1
    var others: [String] = []
    var planes = 1
    for size in sizes {
      if size.axis == chosen {
        (frames, stride) = (size.count, planes)
      } else if size.count > 1 {
        others.append("\(size.count) \(size.axis)")
      }
      planes *= size.count
    }
    (self.frames, self.stride) = (frames, stride)
    note =
      others.isEmpty
      ? nil : "frames are axis \(chosen ?? "T"); of \(others.joined(separator: " and ")) the first"
  }

  private struct Axis {
    let axis: Character
    let count: Int
  }

  /// ImageJ's description: lines of `name=number`; channels vary fastest, then slices, then frames.
  private static func imageJ(_ text: String) -> [Axis]? {
    guard text.hasPrefix("ImageJ=") else { return nil }
    let names: KeyValuePairs<String, Character> = ["channels": "C", "slices": "Z", "frames": "T"]
    let axes = names.map { name, axis in
      Axis(axis: axis, count: number(after: "\n\(name)=", in: text) ?? 1)
    }
    if axes.contains(where: { $0.count > 1 }) { return axes }
    return number(after: "\nimages=", in: text).map { [Axis(axis: "T", count: $0)] }
  }

  /// Planes that ImageJ says follow each other behind a single page; nil for other files.
  static func imageJPlanes(_ text: String) -> Int? {
    text.hasPrefix("ImageJ=") ? number(after: "\nimages=", in: text) : nil
  }

  /// The first image of an OME description.
  private static func ome(_ text: String, channels: Int) -> [Axis]? {
    guard text.contains("<OME") || text.contains(":OME"), let pixels = text.range(of: "Pixels ")
    else { return nil }
    let element = text[pixels.upperBound...].prefix { $0 != ">" }
    func attribute(_ name: String) -> Substring? {
      guard let found = element.range(of: "\(name)=") else { return nil }
      return element[found.upperBound...].dropFirst().prefix { $0 != "\"" && $0 != "'" }
    }
    guard let order = attribute("DimensionOrder"), order.hasPrefix("XY"), order.count == 5 else {
      return nil
    }
    return order.dropFirst(2).compactMap { axis in
      guard "CZT".contains(axis) else { return nil }
      let count = attribute("Size\(axis)").flatMap { Int($0) } ?? 1
      guard 1...TIFFPages.limit ~= count else { return nil }
      return Axis(axis: axis, count: axis == "C" ? max(count / channels, 1) : count)
    }
  }

  private static func number(after name: String, in text: String) -> Int? {
    guard let found = text.range(of: name) else { return nil }
    let number = Int(text[found.upperBound...].prefix { $0.isASCII && $0.isNumber })
    return number.flatMap { 1...TIFFPages.limit ~= $0 ? $0 : nil }
  }
}

extension StringProtocol {
  /// Where a text first occurs, compared byte by byte.
  fileprivate func range(of other: String) -> Range<Index>? {
    let (haystack, needle) = (utf8, Array(other.utf8))
    var start = haystack.startIndex
    while let first = haystack[start...].firstIndex(of: needle[0]) {
      if haystack[first...].starts(with: needle) {
        return first..<haystack.index(first, offsetBy: needle.count)
      }
      start = haystack.index(after: first)
    }
    return nil
  }
}
