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
  private var resampler: Resampler?

  init(desk: CorrectionDesk, projections: ProjectionWorker) {
    (self.desk, self.projections) = (desk, projections)
  }

  /// Fills a picture for a request and says what else was found out; leaves it alone when the
  /// plane is pending.
  mutating func fill(_ picture: inout Picture, for request: PictureRequest) -> PictureFacts {
    switch request.plane {
    case .frame(let position): fill(&picture, for: request, fromFrame: position)
    case .projection(let operation, let range):
      if let plane = projections.plane(
        operation, over: range, of: request.corrections, arrived: request.arrived)
      {
        fill(&picture, for: request, from: plane.samples.span, missing: plane.missing)
      } else {
        .pending(request)
      }
    }
  }

  private mutating func fill(
    _ picture: inout Picture, for request: PictureRequest, fromFrame position: Int
  ) -> PictureFacts {
    guard let stack = desk.source(request.corrections) else { return .pending(request) }
    let condition = stack.condition(of: position)
    guard condition != .pending else { return .pending(request) }
    var facts = PictureFacts.pending(request)
    do throws(BlitzError) {
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

  private mutating func fill(
    _ picture: inout Picture, for request: PictureRequest, from samples: Span<Float>,
    condition: FrameCondition = .complete, missing: Int = 0
  ) -> PictureFacts {
    picture.request = request
    picture.channels = shape.channels
    picture.isDamaged = condition == .damaged
    resample(samples, into: &picture, for: request)
    measure(samples, into: &picture, for: request)
    return PictureFacts(
      request: request, condition: condition, missing: missing,
      probe: self.samples(at: request.probe, in: samples),
      levels: request.fit.map { levelFit.window(of: samples, trimming: $0.trim) })
  }

  private var shape: StackShape { desk.raw.shape }

  /// What the panes beside the image show of the same plane; nothing for those that are folded.
  private mutating func measure(
    _ samples: Span<Float>, into picture: inout Picture, for request: PictureRequest
  ) {
    picture.rowProfile = request.profiles.flatMap { Profile(.row($0.y), width: 1, in: shape) }
    picture.rowProfile?.measure(samples)
    picture.columnProfile = request.profiles.flatMap { Profile(.column($0.x), width: 1, in: shape) }
    picture.columnProfile?.measure(samples)
    picture.histogram = nil
    guard request.hasHistogram else { return }
    var histogram = Histogram(bins: 256, over: levelFit.window(of: samples, trimming: 0))
    histogram?.add(samples)
    picture.histogram = histogram
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
  }

  private func samples(at point: PixelPoint?, in frame: Span<Float>) -> [Float] {
    guard let point, 0..<shape.columns ~= point.x, 0..<shape.rows ~= point.y else {
      return []
    }
    let first = (point.y * shape.columns + point.x) * shape.channels
    return (0..<shape.channels).map { frame[first + $0] }
  }
}

/// The way from source pixels to screen pixels for one placement; exactly one kernel is set up.
///
/// Separate optionals rather than an enum: a kernel is used in place, so that its scratch is not
/// copied from frame to frame.
private struct Resampler {
  struct Key: Equatable {
    let shape: StackShape
    let placement: Viewport.Placement
    let pooling: Display.Pooling
  }

  let key: Key
  private var area: AreaResample?
  private var maximum: MaximumResample?
  private var nearest: NearestResample?

  init(_ key: Key) {
    self.key = key
    let (shape, place) = (key.shape, key.placement)
    let region = ResampleRegion(
      x: Double(place.x), y: Double(place.y), width: Double(place.width),
      height: Double(place.height))
    switch key.pooling {
    case .area:
      area = AreaResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        region: region, rows: place.rows, columns: place.columns)
    case .max:
      maximum = MaximumResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        region: region, rows: place.rows, columns: place.columns)
    case .nearest:
      nearest = NearestResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        region: region, rows: place.rows, columns: place.columns)
    }
  }

  mutating func apply(_ frame: Span<Float>, into target: inout MutableSpan<Float>) {
    area?.apply(frame, into: &target)
    maximum?.apply(frame, into: &target)
    nearest?.apply(frame, into: &target)
  }
}

extension PictureFacts {
  /// Nothing to show yet.
  fileprivate static func pending(_ request: PictureRequest) -> PictureFacts {
    PictureFacts(request: request, condition: .pending, probe: [], levels: nil)
  }
}
