import BlitzCore
import BlitzKernels
import BlitzModel

/// What profiles lie between: extremes or percentiles of the image shown, or extremes of the whole stack
/// by its extreme images.
struct EnvelopeReduction {
  /// What the stack's envelope was made from.
  private struct Key: Equatable {
    let corrections: Corrections
    let arrived: Int
  }

  private let shape: StackShape
  private let projections: ProjectionWorker
  private var known: (key: Key, envelope: FrameEnvelope)?

  init(shape: StackShape, projections: ProjectionWorker) {
    (self.shape, self.projections) = (shape, projections)
  }

  /// Brings an envelope to what a request asks for; nil when nothing is, or it is still computed.
  mutating func measure(
    _ envelope: inout FrameEnvelope?, _ samples: Span<Float>, for request: PictureRequest
  ) {
    switch request.envelope {
    case .off: envelope = nil
    case .image:
      if envelope == nil { envelope = FrameEnvelope() }
      envelope?.measure(samples, of: shape)
    case .p1, .p5, .p25:
      if envelope == nil { envelope = FrameEnvelope() }
      envelope?.measure(samples, of: shape, trim: request.envelope.trim)
    case .stack: envelope = ofStack(request)
    }
  }

  /// From the minimum and the maximum image, which come from one pass: the second is asked for only
  /// when the first is there, so that the two wishes never stop each other.
  private mutating func ofStack(_ request: PictureRequest) -> FrameEnvelope? {
    guard let all = FrameRange(start: 0, end: shape.frames) else { return nil }
    func plane(_ operation: Projection) -> ProjectionShelf.Finished? {
      projections.plane(
        operation, over: all, of: request.corrections, arrived: request.arrived)
    }
    guard let low = plane(.min), let high = plane(.max) else { return nil }
    let key = Key(corrections: request.corrections, arrived: min(low.arrived, high.arrived))
    if let known, known.key == key { return known.envelope }
    var envelope = FrameEnvelope()
    envelope.measure(low: low.samples.span, high: high.samples.span, of: shape)
    known = (key, envelope)
    return envelope
  }
}
