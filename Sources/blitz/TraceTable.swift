import BlitzCore
import BlitzIO

/// Regions' statistics over time as a table: one row for each frame, the same for viewer and commands.
struct TraceTable {
  /// A measured region under the name its columns begin with.
  struct Column {
    let name: String
    let region: RegionOfInterest
    /// One entry for each row; nil where nothing is measured.
    let values: [RegionStatistics?]
  }

  /// What the table is of, in the lines above it.
  let notes: [String]
  /// Source frames, one for each row.
  let frames: FrameRange
  /// Seconds of a frame, from its number; nil leaves the field empty.
  let seconds: (_ frame: Int) -> Double?
  let statistics: [RegionStatistics.Statistic]
  let columns: [Column]

  /// The whole file.
  var document: CSVDocument {
    let names = columns.flatMap { column in
      statistics.map { "\(column.name)_\($0.rawValue)" }
    }
    let regions = columns.map { "ROI \($0.name): \($0.region.outlineText)" }
    var document = CSVDocument(notes: notes + regions, columns: ["frame", "time_s"] + names)
    for row in 0..<frames.count {
      let values = columns.flatMap { column in
        statistics.map { column.values[row]?[$0] }
      }
      document.append(row: frames[row], seconds(frames[row]), values)
    }
    return document
  }

  /// Names for regions: their own, and A, B, ... for those without one.
  ///
  /// - Throws: `usage` when two have the same.
  static func names(of regions: [RegionOfInterest]) throws(BlitzError) -> [String] {
    var taken = Set<String>()
    let given = Set(regions.compactMap(\.name))
    var next = 0
    return try regions.map { region throws(BlitzError) in
      var name = region.name
      while name == nil {
        let candidate = RegionOfInterest.automaticName(next)
        next += 1
        if !given.contains(candidate) { name = candidate }
      }
      let chosen = name ?? ""
      guard taken.insert(chosen).inserted else {
        throw BlitzError(
          .usage, "--roi \(chosen)", "two regions have this name", hint: "give each its own")
      }
      return chosen
    }
  }
}
