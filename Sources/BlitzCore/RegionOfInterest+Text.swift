extension RegionOfInterest {
  /// The spelling of a region on the command line, for hints.
  public static let grammar =
    "[NAME=]rect:x,y,w,h | ellipse:x,y,w,h | polygon:x1,y1,x2,y2,x3,y3,... | point:x,y"

  /// Reads a region as it is written on the command line, such as `glow=ellipse:300,90,25,25`.
  ///
  /// - Throws: `usage`, saying which part is wrong.
  public init(parsing text: String) throws(BlitzError) {
    func failure(_ reason: String) -> BlitzError {
      BlitzError(.usage, "ROI \(text)", reason, hint: "write it as \(Self.grammar)")
    }
    var shape = text[...]
    var name: String?
    if let equals = text.firstIndex(of: "=") {
      name = String(text[..<equals])
      shape = text[text.index(after: equals)...]
    }
    guard name.map(Self.isName) ?? true else {
      throw failure("the name takes 1 to 32 letters, digits, - and _")
    }
    guard let colon = shape.firstIndex(of: ":") else { throw failure("there is no shape") }
    let numbers = shape[shape.index(after: colon)...]
      .split(separator: ",", omittingEmptySubsequences: false)
    guard let outline = Self.outline(shape[..<colon], numbers) else {
      throw failure("unknown shape, or not the numbers it needs")
    }
    guard let region = RegionOfInterest(outline, name: name) else {
      throw failure("it is empty, or beyond \(Self.limit)")
    }
    self = region
  }

  /// The region as it would be written on the command line, name included.
  public var text: String { (name.map { $0 + "=" } ?? "") + outlineText }

  /// The same without the name.
  public var outlineText: String {
    switch outline {
    case .rectangle(let x, let y, let width, let height): "rect:\(x),\(y),\(width),\(height)"
    case .ellipse(let x, let y, let width, let height): "ellipse:\(x),\(y),\(width),\(height)"
    case .polygon(let vertices):
      "polygon:" + vertices.map { "\(Self.short($0.x)),\(Self.short($0.y))" }.joined(separator: ",")
    case .point(let x, let y): "point:\(x),\(y)"
    }
  }

  /// A whole number without its `.0`.
  private static func short(_ value: Double) -> String {
    Int(exactly: value).map { String($0) } ?? "\(value)"
  }

  private static func outline(_ shape: Substring, _ numbers: [Substring]) -> Outline? {
    if shape == "polygon" { return polygon(numbers) }
    let whole = numbers.compactMap { Int($0) }
    guard whole.count == numbers.count else { return nil }
    switch (shape, whole.count) {
    case ("rect", 4): return .rectangle(x: whole[0], y: whole[1], width: whole[2], height: whole[3])
    case ("ellipse", 4):
      return .ellipse(x: whole[0], y: whole[1], width: whole[2], height: whole[3])
    case ("point", 2): return .point(x: whole[0], y: whole[1])
    default: return nil
    }
  }

  private static func polygon(_ numbers: [Substring]) -> Outline? {
    let values = numbers.compactMap { Double($0) }
    guard values.count == numbers.count, values.count.isMultiple(of: 2) else { return nil }
    return .polygon(
      stride(from: 0, to: values.count, by: 2).map { Vertex(x: values[$0], y: values[$0 + 1]) })
  }
}
