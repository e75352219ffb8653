import BlitzCore
import BlitzKernels
import BlitzModel
import BlitzTUI

/// Computes pictures of a stack; keeps what is costly to set up between frames.
struct PictureReduction {
  private let desk: CorrectionDesk
  private let projections: ProjectionWorker
  private let scratch = BandScratch()
  private var levelFit = LevelFit()
  private var luma: [Float] = []
  private var resampler: Resampler?
  private var envelopes: EnvelopeReduction
  private var corrected: [Float] = []

  init(desk: CorrectionDesk, projections: ProjectionWorker) {
    (self.desk, self.projections) = (desk, projections)
    envelopes = EnvelopeReduction(shape: desk.raw.shape, projections: projections)
  }

  /// Fills a picture for a request and says what else was found out; leaves it alone when the
  /// plane is pending.
  mutating func fill(_ picture: inout Picture, for request: PictureRequest) -> PictureFacts {
    switch request.plane {
    case .frame(let position): fill(&picture, for: request, fromFrame: position)
    case .projection(let operation, let range):
      if let plane = projection(operation, range, request) {
        fill(&picture, for: request, from: plane.samples.span, shortfall: plane.shortfall)
      } else {
        .pending(request)
      }
    }
  }

  private func projection(
    _ operation: Projection, _ range: FrameRange, _ request: PictureRequest
  ) -> ProjectionShelf.Finished? {
    request.isStopped
      ? projections.known(operation, over: range, of: request.corrections)
      : projections.plane(
        operation, over: range, of: request.corrections, arrived: request.arrived)
  }

  private mutating func fill(
    _ picture: inout Picture, for request: PictureRequest, fromFrame position: Int
  ) -> PictureFacts {
    guard let stack = desk.source(request.corrections) else { return .pending(request) }
    let condition = stack.condition(of: position)
    guard condition != .pending else { return .pending(request) }
    var facts = PictureFacts.pending(request)
    do throws(BlitzError) {
      if let stack = stack as? CorrectedSource {
        return try fill(&picture, for: request, from: stack, at: position)
      }
      try stack.withFrame(position, scratch: scratch) { (frame) throws(BlitzError) in
        facts = fill(&picture, for: request, from: frame, condition: condition)
      }
    } catch {
      picture.request = request
      picture.isDamaged = true
      return PictureFacts(request: request, condition: .damaged, probe: [], levels: nil)
    }
    return facts
  }

  /// A corrected frame is computed as a whole, so that what was divided by 0 is counted.
  private mutating func fill(
    _ picture: inout Picture, for request: PictureRequest, from stack: CorrectedSource,
    at position: Int
  ) throws(BlitzError) -> PictureFacts {
    var samples = corrected
    corrected = []
    defer { corrected = samples }
    if samples.count != shape.frameSize { samples = [Float](repeating: 0, count: shape.frameSize) }
    var target = samples.mutableSpan
    let zeroed = try stack.correct(frame: position, into: &target, scratch: scratch)
    return fill(
      &picture, for: request, from: samples.span, condition: stack.condition(of: position),
      zeroed: zeroed)
  }

  private mutating func fill(
    _ picture: inout Picture, for request: PictureRequest, from samples: Span<Float>,
    condition: FrameCondition = .complete, shortfall: ProjectionShortfall = .init(),
    zeroed: Int = 0
  ) -> PictureFacts {
    picture.request = request
    picture.channels = shape.channels
    picture.isDamaged = condition == .damaged
    resample(samples, into: &picture, for: request)
    measure(samples, into: &picture, for: request)
    let levels = distribute(samples, into: &picture, for: request)
    return PictureFacts(
      request: request, condition: condition, shortfall: shortfall,
      probe: self.samples(at: request.probe, in: samples), extent: picture.histogram?.window,
      levels: levels, zeroed: zeroed, seconds: stamp(of: request.plane))
  }

  private func stamp(of plane: Plane) -> Double? {
    guard case .frame(let position) = plane else { return nil }
    return desk.stamp(of: position)
  }

  private var shape: StackShape { desk.raw.shape }

  /// What the panes beside the image show of the same plane; nothing for those that are folded.
  private mutating func measure(
    _ samples: Span<Float>, into picture: inout Picture, for request: PictureRequest
  ) {
    let (point, width) = (request.profiles, request.profileWidth)
    picture.rowProfile.measure(samples, along: point.map { .row($0.y) }, width: width, in: shape)
    picture.columnProfile.measure(
      samples, along: point.map { .column($0.x) }, width: width, in: shape)
    envelopes.measure(&picture.envelope, samples, for: request)
  }

  /// Counts the histogram and fits the levels, where they are asked for: both are of the luma of colour.
  private mutating func distribute(
    _ samples: Span<Float>, into picture: inout Picture, for request: PictureRequest
  ) -> LevelWindow? {
    guard request.hasHistogram || request.fit != nil else {
      picture.histogram = nil
      return nil
    }
    guard shape.channels > 1 else {
      return levelFit.distribute(samples, into: &picture.histogram, for: request)
    }
    weigh(samples, of: shape)
    let luma = luma
    return levelFit.distribute(luma.span, into: &picture.histogram, for: request)
  }

  /// Brings `luma` to that of a colour image.
  private mutating func weigh(_ samples: Span<Float>, of shape: StackShape) {
    let count = shape.rows * shape.columns
    if luma.count != count { luma = [Float](repeating: 0, count: count) }
    var target = luma.mutableSpan
    Luminance.gray(samples, channels: shape.channels, into: &target)
  }

  private mutating func resample(
    _ frame: Span<Float>, into picture: inout Picture, for request: PictureRequest
  ) {
    let key = Resampler.Key(
      shape: shape, placement: request.placement, pooling: request.pooling)
    if resampler?.key != key { resampler = Resampler(key) }
    let count = request.placement.rows * request.placement.columns * shape.channels
    if picture.samples.count != count { picture.samples = [Float](repeating: 0, count: count) }
    var target = picture.samples.mutableSpan
    resampler?.apply(frame, into: &target)
    if request.showsGaps { resampler?.showGaps(of: frame, in: &target) }
  }

  private func samples(at point: PixelPoint?, in frame: Span<Float>) -> [Float] {
    guard let point, 0..<shape.columns ~= point.x, 0..<shape.rows ~= point.y else {
      return []
    }
    let first = (point.y * shape.columns + point.x) * shape.channels
    return (0..<shape.channels).map { frame[first + $0] }
  }
}

extension PictureFacts {
  /// Nothing to show yet.
  fileprivate static func pending(_ request: PictureRequest) -> PictureFacts {
    PictureFacts(request: request, condition: .pending, probe: [], levels: nil)
  }
}

extension Profile? {
  /// Measures a profile in place of the one before; nil is none.
  fileprivate mutating func measure(
    _ samples: Span<Float>, along line: Profile.Line?, width: Int, in shape: StackShape
  ) {
    guard let line else {
      self = nil
      return
    }
    if self?.move(to: line, width: width, in: shape) != true {
      self = Profile(line, width: width, in: shape)
    }
    self?.measure(samples)
  }
}

extension LevelFit {
  /// Counts a request's histogram from end to end, and fits the levels that it wants.
  fileprivate mutating func distribute(
    _ samples: Span<Float>, into histogram: inout Histogram?, for request: PictureRequest
  ) -> LevelWindow? {
    histogram.measure(
      samples, over: request.hasHistogram ? window(of: samples, trimming: 0) : nil)
    return request.fit.flatMap { finiteWindow(of: samples, trimming: $0.trim) }
  }
}

extension Histogram? {
  /// Counts samples over a window in place of those before; nil is none.
  fileprivate mutating func measure(_ samples: Span<Float>, over window: LevelWindow?) {
    guard let window else {
      self = nil
      return
    }
    if self == nil { self = Histogram(bins: 256, over: window) }
    self?.clear(over: window)
    self?.add(samples)
  }
}
