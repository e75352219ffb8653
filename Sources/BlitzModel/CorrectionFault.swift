public import BlitzCore

/// A correction that could not be prepared, and why.
public struct CorrectionFault: Equatable, Sendable {
  /// Which of the corrections.
  public enum Part: Equatable, Sendable {
    case side(CorrectionSwitches.Side)
    case mask
  }

  /// Which of the corrections it is.
  public let part: Part
  /// All that was to be prepared.
  public let corrections: Corrections
  /// Why it could not be.
  public let reason: PrintableText

  /// A fault.
  public init(_ part: Part, of corrections: Corrections, reason: PrintableText) {
    (self.part, self.corrections, self.reason) = (part, corrections, reason)
  }

  /// What could not be prepared, as it would be typed.
  var subject: String {
    switch part {
    case .side(.subtract): "subtract \(corrections.subtract?.text ?? "")"
    case .side(.divide): "divide \(corrections.divide?.text ?? "")"
    case .mask: "mask \(corrections.mask?.text ?? "")"
    }
  }
}
