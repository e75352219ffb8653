import BlitzCore

extension ViewerState {
  /// What an export lacks as things stand; nil when it can be made.
  public func obstacle(to export: Export) -> String? {
    switch export {
    case .picture: display.levels == nil ? "nothing is shown yet" : nil
    case .frame: nil
    case .projection: projection == nil ? "no projection is shown; M S N X D show one" : nil
    case .trace: regions.entries.isEmpty ? "no region is kept; r draws one, Enter keeps it" : nil
    case .rowProfile, .columnProfile: crosshair == nil ? "no crosshair; c shows it" : nil
    }
  }

  /// The name that an export is given unless the person types another: in the current folder.
  public func suggestedName(for export: Export) -> String {
    let frame = "\(self.frame)"
    let shown =
      projection.map { "\($0.rawValue)\(rangeSuffix)\(shortfall.isEmpty ? "" : "-partial")" }
      ?? frame
    let part =
      switch export {
      case .picture, .projection: shown
      case .frame: frame
      case .trace: "trace"
      case .rowProfile: "\(shown)-row-\(crosshair?.y ?? 0)"
      case .columnProfile: "\(shown)-column-\(crosshair?.x ?? 0)"
      }
    return "\(recording.exportFolder)\(recording.stem)-\(part).\(export.endings[0])"
  }

  /// Asks for the name of a file.
  mutating func beginExport(_ export: Export) {
    if let obstacle = obstacle(to: export) {
      notice = PrintableText("nothing to save as \(export.title): \(obstacle)")
      return
    }
    overlay = nil
    prompt = Prompt(.save(exportRequest(export)), text: suggestedName(for: export))
  }

  /// Takes the name that was typed; `!` behind it allows a file to be replaced.
  mutating func save(_ request: ExportRequest, as typed: String) -> [Effect] {
    let overwrites = typed.last == "!"
    let name = overwrites ? String(typed.dropLast()) : typed
    guard name.contains(where: { $0 != " " }) else { return [] }
    saving.append(PrintableText(name))
    return [.save(request, name: name, overwrites: overwrites)]
  }

  /// Hears how the oldest export ended; a name that will not do is asked for again.
  mutating func finishExport(_ outcome: ExportOutcome) -> [Effect] {
    if !saving.isEmpty { saving.removeFirst() }
    switch outcome {
    case .saved(let text):
      notice = text
      return saving.isEmpty && leavesWhenSaved ? [.exit] : []
    case .failed(let text): notice = text
    case .refused(let request, let name, let reason):
      if prompt == nil, overlay == nil {
        prompt = Prompt(.save(request), text: name, note: reason)
      } else {
        notice = PrintableText("\(name): \(reason)")
      }
    }
    leavesWhenSaved = false
    return []
  }

  /// Leaves, but not before what is being saved is on the disk; asked again, at once.
  mutating func quit() -> [Effect] {
    guard let name = saving.last, !leavesWhenSaved else { return [.exit] }
    leavesWhenSaved = true
    notice = PrintableText("saving \(name), then leaving; q again leaves without it")
    return []
  }

  private func exportRequest(_ export: Export) -> ExportRequest {
    ExportRequest(
      export: export, plane: export == .frame ? .frame(playback.position) : plane,
      corrections: corrections.active, display: display,
      orientation: viewport.orientation, regions: regions.entries.map(\.region),
      statistic: statistic, crosshair: crosshair, profileWidth: profileWidth)
  }

  private var rangeSuffix: String { range.map { "-\($0.start)-\($0.end)" } ?? "" }
}

extension RecordingFacts {
  /// The name without its ending, in letters that need no quoting; `recording` when none is left.
  fileprivate var stem: String {
    var text = name.text
    if let dot = text.lastIndex(of: "."), dot > text.startIndex, text[dot...].utf8.count <= 5 {
      text = String(text[..<dot])
    }
    let words = text.unicodeScalars.split { !$0.isPlainInNames }
    let plain = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
    let trimmed = String(plain.drop { $0 == "." }.prefix(100))
    return trimmed.isEmpty ? "recording" : trimmed
  }
}

extension Unicode.Scalar {
  /// True for letters, digits and what is usual between them.
  fileprivate var isPlainInNames: Bool {
    properties.isAlphabetic || "0"..."9" ~= self || self == "_" || self == "." || self == "+"
  }
}
