extension RegionOfInterest {
  /// The region as the screen names it: `A rect 120,88 40x40`, `P point 3,4`, `B polygon 5 corners`.
  public var label: String {
    let name = name.map { $0 + " " } ?? ""
    switch outline {
    case .rectangle(let x, let y, let width, let height):
      return "\(name)rect \(x),\(y) \(width)x\(height)"
    case .ellipse(let x, let y, let width, let height):
      return "\(name)ellipse \(x),\(y) \(width)x\(height)"
    case .polygon(let vertices): return "\(name)polygon \(vertices.count) corners"
    case .point(let x, let y): return "\(name)point \(x),\(y)"
    }
  }
}
