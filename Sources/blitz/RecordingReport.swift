import BlitzCore
import BlitzIO
import FoundationEssentials

/// What `blitz info` prints; the JSON names are a contract.
struct RecordingReport: Encodable {
  struct Plan: Encodable {
    let strategy: String
    let step, frames, bytes: Int
    let reason: String

    init(_ plan: LoadPlan) {
      (strategy, step, frames) = (plan.strategy.rawValue, plan.step, plan.frames.count)
      (bytes, reason) = (plan.bytes, plan.reason.text)
    }
  }

  struct Skipped: Encodable {
    let path: String
    /// The path's bytes when they are not UTF-8; left out otherwise.
    let pathBase64: String?
    let reason: String

    init(_ path: FilePath, reason: PrintableText) {
      self.path = path.string ?? path.description
      pathBase64 = path.base64UnlessText
      self.reason = reason.text
    }
  }

  let path: String
  /// The path's bytes when they are not UTF-8; left out otherwise.
  let pathBase64: String?
  let format: String
  let frames, height, width, channels: Int
  let sampleType: String
  let framesExact: Bool
  let framesPerSecond: Double?
  let bytesAsFloat32, limitBytes: Int
  let plan: Plan
  let skipped: [Skipped]
  /// What the text says besides; the JSON has no place for it.
  let notes: [PrintableText]

  init(_ recording: Recording, _ plan: LoadPlan, rate: FrameRate?) {
    let facts = recording.description
    (path, pathBase64) = (recording.path, recording.location.base64UnlessText)
    format = facts.format
    (frames, height, width) = (facts.shape.frames, facts.shape.rows, facts.shape.columns)
    (channels, sampleType) = (facts.shape.channels, facts.sampleType.rawValue)
    framesExact = facts.framesExact
    framesPerSecond = (rate ?? facts.framesPerSecond)?.value
    (bytesAsFloat32, limitBytes) = (plan.bytesAsFloat32, plan.limitBytes)
    self.plan = Plan(plan)
    skipped = recording.skipped.map { Skipped($0.file, reason: $0.reason) }
    notes = facts.notes
  }

  private enum Name: String, CodingKey {
    case path, pathBase64, format, frames, height, width, channels, sampleType, framesExact,
      framesPerSecond
    case bytesAsFloat32, limitBytes, plan, skipped
  }

  /// Written out because an unknown rate is `null`, not absent.
  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Name.self)
    try object.encode(path, forKey: .path)
    try object.encodeIfPresent(pathBase64, forKey: .pathBase64)
    try object.encode(format, forKey: .format)
    try object.encode(frames, forKey: .frames)
    try object.encode(height, forKey: .height)
    try object.encode(width, forKey: .width)
    try object.encode(channels, forKey: .channels)
    try object.encode(sampleType, forKey: .sampleType)
    try object.encode(framesExact, forKey: .framesExact)
    try object.encode(framesPerSecond, forKey: .framesPerSecond)
    try object.encode(bytesAsFloat32, forKey: .bytesAsFloat32)
    try object.encode(limitBytes, forKey: .limitBytes)
    try object.encode(plan, forKey: .plan)
    try object.encode(skipped, forKey: .skipped)
  }

  func json() throws -> String { try JSONDocument.text(of: self) }

  /// The same for people: two lines, and one for each input left out.
  var text: String {
    let skips = skipped.isEmpty ? "" : ", \(skipped.count) skipped"
    let rate = framesPerSecond.map { ", \($0.text()) frames/s" } ?? ""
    var lines = [
      "\(PrintableText(path))  \(framesExact ? "" : "~")\(frames) \(format), \(width)x\(height) "
        + "\(channels == 1 ? "gray" : "color") \(sampleType)\(rate)\(skips)",
      "as Float32  \(byteText(bytesAsFloat32))    limit \(byteText(limitBytes))    "
        + "plan: \(plan.strategy), \(plan.frames) frames, \(byteText(plan.bytes)), \(plan.reason)",
    ]
    lines += notes.map { "note  \($0)" }
    lines += skipped.prefix(20).map { "skipped  \(PrintableText($0.path)): \($0.reason)" }
    if skipped.count > 20 { lines.append("and \(skipped.count - 20) more; --json lists them all") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension FilePath {
  /// The bytes for JSON, which holds text only; nil for a path that is text.
  fileprivate var base64UnlessText: String? {
    string == nil ? Data(bytes).base64EncodedString() : nil
  }
}
