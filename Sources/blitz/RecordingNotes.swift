import BlitzCore
import BlitzIO

/// What a table was made from, in the lines above it.
struct RecordingNotes {
  let recording: Recording
  let plan: LoadPlan
  let options: LoadOptions
  /// The frames that it was made from.
  let frames: FrameRange
  let corrections: [String]
  let rate: FrameRate?

  /// One fact a line, without the mark of a comment.
  var lines: [String] {
    let facts = recording.description
    var lines = [
      "blitz \(Version.text)", "source: \(recording.path)",
      "recording: \(facts.shape.frames) frames, \(facts.shape.columns)x\(facts.shape.rows), "
        + "\(facts.format) \(facts.sampleType.rawValue)",
      "frames: \(frames.text), counted from 0, end excluded",
      "loaded: \(plan.shape.columns)x\(plan.shape.rows), "
        + (plan.shape.channels == 1 ? "gray" : "color") + changes,
      "corrections: " + (corrections.isEmpty ? "none" : corrections.joined(separator: ", ")),
      "fps: " + (rate.map(\.text) ?? "unknown"),
    ]
    if !recording.skipped.isEmpty { lines.append("skipped: \(recording.skipped.count) inputs") }
    return lines
  }

  /// What was done to the samples on loading.
  private var changes: String {
    let parts = [
      options.crop.map { "crop \($0.x),\($0.y),\($0.width),\($0.height)" },
      options.size == 1 ? nil : "size \(options.size.shortestText)",
      options.luma == .raw ? "luma raw" : nil, options.eightBit ? "eight-bit" : nil,
      options.normalize ? "normalize" : nil,
    ]
    return parts.compactMap(\.self).map { ", " + $0 }.joined()
  }
}

extension OpenedStack {
  /// What a table made from it, or from some of its frames, says above its first row.
  func notes(_ options: LoadOptions, frames: FrameRange? = nil) -> [String] {
    RecordingNotes(
      recording: recording, plan: plan, options: options, frames: frames ?? plan.frames,
      corrections: corrections, rate: rate
    ).lines
  }

  /// False where colour was made gray, which gives fractions.
  var holdsCodes: Bool {
    recording.description.shape.channels < 3 || plan.shape.channels == 3
  }

  /// The type of the codes that samples still are; nil once anything was computed from them.
  func codeType(_ options: LoadOptions) -> SampleType? {
    options.keepsCodes && corrections.isEmpty ? recording.description.sampleType : nil
  }
}

extension LoadOptions {
  /// True when samples stay the numbers that the file holds.
  fileprivate var keepsCodes: Bool { !eightBit && !normalize && size == 1 }
}

extension FrameRate {
  /// As it would be typed: `25`, `30000/1001`.
  var text: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
