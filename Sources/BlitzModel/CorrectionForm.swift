public import BlitzCore

/// What the corrections panel is set to for one side; each source keeps its settings while another
/// is chosen.
public struct CorrectionForm: Equatable, Sendable {
  /// Where the samples come from.
  public enum Source: String, CaseIterable, Sendable {
    case projection = "range of frames"
    case file = "file"
    case window = "sliding window"
  }

  /// How a window lies to its frame.
  public enum Placement: String, CaseIterable, Sendable { case slide, trail, center }

  /// Where the samples come from.
  public internal(set) var source = Source.projection
  /// What is taken of a range.
  public internal(set) var operation = Projection.mean
  /// Which frames the range has.
  public internal(set) var slice: FrameSlice
  /// The file; empty until one is named.
  public internal(set) var path = ""
  /// How the window lies.
  public internal(set) var placement = Placement.slide
  /// Frames of the window.
  public internal(set) var length = 50
  /// Frames that a sliding window lies behind.
  public internal(set) var lag = 0
  /// How much is taken, 0...100 %.
  public internal(set) var percent = 100.0

  /// What a range can be reduced to here.
  static let operations: [Projection] = [.mean, .std, .min, .max, .median]

  /// The mean of a range, all of it.
  init(_ range: FrameRange) { slice = FrameSlice(range) }

  /// The correction that it stands for; nil while it lacks a file.
  public var correction: Correction? {
    let source: Correction.Source? =
      switch self.source {
      case .projection: .projection(operation, slice)
      case .file: .file(path)
      case .window: window.map { .window($0) }
      }
    return source.flatMap { Correction($0, amount: percent / 100) }
  }

  /// Takes over what was set otherwise.
  mutating func adopt(_ correction: Correction) {
    percent = correction.amount * 100
    switch correction.source {
    case .projection(let operation, let slice):
      (source, self.operation, self.slice) = (.projection, operation, slice)
    case .file(let path): (source, self.path) = (.file, path)
    case .window(let window):
      (source, length) = (.window, window.length)
      switch window.kind {
      case .slide(let lag): (placement, self.lag) = (.slide, lag)
      case .trail: placement = .trail
      case .center: placement = .center
      }
    }
  }

  private var window: SlidingWindow? {
    switch placement {
    case .slide: SlidingWindow(.slide(lag: lag), length: length)
    case .trail: SlidingWindow(.trail, length: length)
    case .center: SlidingWindow(.center, length: length)
    }
  }
}

/// One line of the corrections panel.
public struct CorrectionField: Hashable, Sendable {
  /// What the line sets.
  public enum Kind: String, Hashable, Sendable {
    case state, source, statistic, frames, file, window, length, lag, amount
  }

  /// Which correction it belongs to.
  public let side: CorrectionSwitches.Side
  /// What it sets.
  public let kind: Kind
}

extension CorrectionForm {
  /// The lines that its source has.
  var fields: [CorrectionField.Kind] {
    switch source {
    case .projection: [.state, .source, .statistic, .frames, .amount]
    case .file: [.state, .source, .file, .amount]
    case .window:
      [.state, .source, .window, .length] + (placement == .slide ? [.lag] : []) + [.amount]
    }
  }

  /// What a line is set to, as it is typed and shown.
  public func text(_ field: CorrectionField.Kind) -> String {
    switch field {
    case .state: correction?.text ?? "none"
    case .source: source.rawValue
    case .statistic: operation.rawValue
    case .frames: slice.text
    case .file: path
    case .window: placement.rawValue
    case .length: "\(length)"
    case .lag: "\(lag)"
    case .amount: "\(percent.text())"
    }
  }

  /// Takes what was typed into a line; false when it makes no sense there.
  mutating func type(_ text: String, into field: CorrectionField.Kind) -> Bool {
    var next = self
    switch field {
    case .frames:
      guard let slice = FrameSlice(text) else { return false }
      next.slice = slice
    case .file: next.path = text
    case .length:
      guard let length = Int(text) else { return false }
      next.length = length
    case .lag:
      guard let lag = Int(text) else { return false }
      next.lag = lag
    case .amount:
      let number = text.hasSuffix("%") ? text.dropLast() : text[...]
      guard let percent = Double(number.filter { $0 != " " }) else { return false }
      next.percent = percent
    case .state, .source, .statistic, .window: return false
    }
    guard next.correction != nil || field == .file else { return false }
    self = next
    return true
  }

  /// Moves a line to its next (1) or previous (-1) value, by as many steps.
  ///
  /// - Parameter ranges: What the frames can be set to with a key.
  mutating func step(_ field: CorrectionField.Kind, by steps: Int, ranges: [FrameSlice]) {
    func next<Value: Equatable>(_ value: Value, in all: [Value]) -> Value {
      let count = all.count
      let place = all.firstIndex(of: value) ?? (steps > 0 ? -1 : 0)
      return all[((place + steps % count) % count + count) % count]
    }
    var changed = self
    switch field {
    case .source: changed.source = next(source, in: Source.allCases)
    case .statistic: changed.operation = next(operation, in: Self.operations)
    case .frames: changed.slice = next(slice, in: ranges)
    case .window: changed.placement = next(placement, in: Placement.allCases)
    case .length: changed.length = min(max(length + steps, 1), 1 << 24)
    case .lag: changed.lag = min(max(lag + steps, 0), 1 << 24)
    case .amount: changed.percent = min(max(percent + 5 * Double(steps), 0), 100)
    case .state, .file: return
    }
    self = changed
  }
}
