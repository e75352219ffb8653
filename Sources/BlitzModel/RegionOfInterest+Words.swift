public import BlitzCore

extension RegionOfInterest {
  /// The region as the screen names it: `A rect 120,88 40x40`, `B ellipse 3,4 20x10`,
  /// `C polygon 0,0 30x12` with the box around its vertices, `D point 7,9`.
  public var words: String {
    let prefix = name.map { $0 + " " } ?? ""
    switch outline {
    case .rectangle(let x, let y, let width, let height):
      return prefix + "rect \(x),\(y) \(width)x\(height)"
    case .ellipse(let x, let y, let width, let height):
      return prefix + "ellipse \(x),\(y) \(width)x\(height)"
    case .point(let x, let y): return prefix + "point \(x),\(y)"
    case .polygon(let vertices):
      let (xs, ys) = (vertices.map(\.x), vertices.map(\.y))
      let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
      let width = ((xs.max() ?? 0) - left).text()
      let height = ((ys.max() ?? 0) - top).text()
      return prefix + "polygon \(left.text()),\(top.text()) \(width)x\(height)"
    }
  }
}
