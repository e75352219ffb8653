import BlitzCore
import BlitzTestSupport
import Testing

struct RowSpansTests {
  private func spans(_ text: String, rows: Int = 12, columns: Int = 14) throws -> RowSpans {
    RowSpans(of: try RegionOfInterest(parsing: text), rows: rows, columns: columns)
  }

  /// Membership by the definition, pixel by pixel, as pictures of `#` and `.`.
  private func picture(_ spans: RowSpans, rows: Int = 12, columns: Int = 14) -> [String] {
    (0..<rows).map { row in
      String(
        (0..<columns).map { column in
          let hits = spans.runs.filter { $0.row == row && $0.columns.contains(column) }
          return hits.isEmpty ? "." : hits.count == 1 ? "#" : "!"
        })
    }
  }

  private func picture(
    rows: Int = 12, columns: Int = 14, _ contains: (Double, Double) -> Bool
  ) -> [String] {
    (0..<rows).map { row in
      String((0..<columns).map { contains(Double($0), Double(row)) ? "#" : "." })
    }
  }

  @Test(arguments: [
    (1, 2, 9, 7), (0, 0, 1, 1), (3, 3, 2, 6), (-3, -4, 10, 11), (5, 1, 8, 1), (9, 9, 20, 20),
  ])
  func ellipseMatchesTheDefinition(x: Int, y: Int, width: Int, height: Int) throws {
    let expected = picture { column, row in
      let along = (column - Double(x) - Double(width - 1) / 2) / (Double(width) / 2)
      let down = (row - Double(y) - Double(height - 1) / 2) / (Double(height) / 2)
      return along * along + down * down <= 1
    }
    #expect(picture(try spans("ellipse:\(x),\(y),\(width),\(height)")) == expected)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func polygonMatchesTheDefinition(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let vertices = (0..<Int.random(in: 3...7, using: &random)).map { _ in
      RegionOfInterest.Vertex(
        x: Double(Int.random(in: -12...60, using: &random)) / 4,
        y: Double(Int.random(in: -12...60, using: &random)) / 4)
    }
    let region = try #require(RegionOfInterest(.polygon(vertices)))
    let expected = picture { column, row in
      let (x, y) = (column + 0.5, row + 0.5)
      var isInside = false
      for (i, a) in vertices.enumerated() {
        let b = vertices[(i + 1) % vertices.count]
        // A ray to the left: an edge counts from its top to before its bottom.
        if (a.y <= y) != (b.y <= y), a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) <= x {
          isInside.toggle()
        }
      }
      return isInside
    }
    #expect(picture(RowSpans(of: region, rows: 12, columns: 14)) == expected)
  }

  @Test func polygonOfARectangleIsTheRectangle() throws {
    let rectangle = try spans("rect:0,0,10,10")
    #expect(try spans("polygon:0,0,10,0,10,10,0,10") == rectangle)
    #expect(rectangle.pixelCount == 100 && !rectangle.isClipped && rectangle.rows == 0..<10)
  }

  @Test func selfCrossingPolygonLeavesItsMiddleOut() throws {
    let star = try spans("polygon:6,0,9,11,0,4,12,4,3,11")
    #expect(!star.isEmpty)
    #expect(picture(star)[5].contains("#.") && picture(star)[5].contains(".#"))
  }

  @Test func outsideIsClippedAndSaid() throws {
    #expect(try spans("rect:-2,-2,4,4").pixelCount == 4)
    #expect(try spans("rect:-2,-2,4,4").isClipped)
    #expect(try spans("rect:14,0,3,3").isEmpty)
    #expect(try spans("point:13,11").pixelCount == 1)
    #expect(try spans("point:14,11").isEmpty)
    #expect(try spans("polygon:0.6,0,0.9,0,0.9,5").isEmpty)
    #expect(try !spans("polygon:0,0,14,0,14,12,0,12").isClipped)
    #expect(try spans("polygon:0,0,15,0,15,12,0,12").isClipped)
  }

  @Test func hugeRegionsCostLittle() throws {
    let spans = try spans("ellipse:-8000000,-8000000,16000000,16000000")
    #expect(spans.isClipped && spans.pixelCount == 12 * 14)
  }
}
