/// Resampling by the definition: every target pixel looks at every source pixel.
struct ReferenceResample {
  let rows, columns, channels: Int
  let samples: [Float]
  var x = 0.0
  var y = 0.0
  var width: Double
  var height: Double

  init(rows: Int, columns: Int, channels: Int, samples: [Float]) {
    (self.rows, self.columns, self.channels, self.samples) = (rows, columns, channels, samples)
    (width, height) = (Double(columns), Double(rows))
  }

  /// How much of source pixel `i` target `t` of `count` takes, along one axis.
  private func overlap(
    _ i: Int, _ t: Int, of count: Int, start: Double, extent: Double
  ) -> Double {
    let step = extent / Double(count)
    let lower = start + extent * Double(t) / Double(count)
    if step <= 1 {
      return Double(i) <= lower + step / 2 && lower + step / 2 < Double(i + 1) ? 1 : 0
    }
    let part = min(lower + step, Double(i + 1)) - max(lower, Double(i))
    return part > 1e-9 ? part : 0
  }

  /// Calls `body` for each target pixel with the samples it takes and their weights, NaN left out.
  private func map(
    to targetRows: Int, _ targetColumns: Int, _ body: ([(Double, Double)]) -> Double
  ) -> [Double] {
    var result: [Double] = []
    for r in 0..<targetRows {
      for c in 0..<targetColumns {
        for channel in 0..<channels {
          var taken: [(Double, Double)] = []
          for i in 0..<rows {
            let down = overlap(i, r, of: targetRows, start: y, extent: height)
            guard down > 0 else { continue }
            for j in 0..<columns {
              let along = overlap(j, c, of: targetColumns, start: x, extent: width)
              let sample = samples[(i * columns + j) * channels + channel]
              if along > 0, !sample.isNaN { taken.append((Double(sample), down * along)) }
            }
          }
          result.append(taken.isEmpty ? .nan : body(taken))
        }
      }
    }
    return result
  }

  func area(rows: Int, columns: Int) -> [Double] {
    map(to: rows, columns) { taken in
      taken.reduce(0) { $0 + $1.0 * $1.1 } / taken.reduce(0) { $0 + $1.1 }
    }
  }

  func maximum(rows: Int, columns: Int) -> [Double] {
    map(to: rows, columns) { $0.map(\.0).max() ?? .nan }
  }
}
