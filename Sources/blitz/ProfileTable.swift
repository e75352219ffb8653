import BlitzCore

/// The samples along a line as a table: one row for each pixel, the same for viewer and commands.
struct ProfileTable {
  /// What the table is of, in the lines above it.
  let notes: [String]
  /// The frame or projection that the line crosses.
  let subject: String
  let profile: Profile

  /// The whole file.
  var document: CSVDocument {
    let statistics = ["mean", "min", "max"]
    let channels = profile.channels == 1 ? [""] : ["_r", "_g", "_b"]
    var document = CSVDocument(
      notes: notes + [subject, line],
      columns: ["position"] + channels.flatMap { suffix in statistics.map { $0 + suffix } })
    for position in 0..<profile.mean.count / profile.channels {
      let values = (0..<profile.channels).flatMap { channel -> [Double?] in
        let i = position * profile.channels + channel
        return [profile.mean[i], profile.min[i], profile.max[i]]
      }
      document.append(row: position, values)
    }
    return document
  }

  private var line: String {
    let (name, band) =
      switch profile.line {
      case .row(let y): ("row: \(y)", "rows")
      case .column(let x): ("column: \(x)", "columns")
      }
    return "\(name), \(band) \(profile.band.lowerBound):\(profile.band.upperBound)"
  }
}
