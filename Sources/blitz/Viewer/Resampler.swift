import BlitzCore
import BlitzKernels
import BlitzModel

/// The way from source pixels to screen pixels for one placement; exactly one kernel is set up.
///
/// Kernels see the source upright; where it lies otherwise on the screen, the pixels are put in their
/// places afterwards, of which there are few.
///
/// Separate optionals rather than an enum: a kernel is used in place, so that its scratch is not
/// copied from frame to frame.
struct Resampler {
  struct Key: Equatable {
    let shape: StackShape
    let placement: Viewport.Placement
    let pooling: Display.Pooling
  }

  let key: Key
  private var area: AreaResample?
  private var maximum: MaximumResample?
  private var nearest: NearestResample?
  private var upright: [Float] = []

  init(_ key: Key) {
    self.key = key
    let (shape, place) = (key.shape, key.placement)
    let size = place.upright
    let region = ResampleRegion(
      x: Double(place.x), y: Double(place.y), width: Double(place.width),
      height: Double(place.height))
    switch key.pooling {
    case .area:
      area = AreaResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        region: region, rows: size.rows, columns: size.columns)
    case .max:
      maximum = MaximumResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        region: region, rows: size.rows, columns: size.columns)
    case .nearest:
      nearest = NearestResample(
        sourceRows: shape.rows, sourceColumns: shape.columns, channels: shape.channels,
        region: region, rows: size.rows, columns: size.columns)
    }
  }

  /// Fills the placement's pixels, row after row as the screen shows them.
  mutating func apply(_ frame: Span<Float>, into target: inout MutableSpan<Float>) {
    guard key.placement.orientation != Orientation() else { return scale(frame, into: &target) }
    var pixels = upright
    upright = []
    if pixels.count != target.count { pixels = [Float](repeating: 0, count: target.count) }
    var span = pixels.mutableSpan
    scale(frame, into: &span)
    arrange(span.span, into: &target)
    upright = pixels
  }

  /// Makes every pixel NaN that shows the middle of a source pixel with a sample that is.
  func showGaps(of frame: Span<Float>, in target: inout MutableSpan<Float>) {
    let (place, shape) = (key.placement, key.shape)
    for y in place.y..<place.y + place.height {
      for x in place.x..<place.x + place.width {
        let first = (y * shape.columns + x) * shape.channels
        let samples = first..<first + shape.channels
        guard samples.contains(where: { frame[$0].isNaN }), let pixel = place.canvas(x: x, y: y)
        else { continue }
        let to = (pixel.row - place.row) * place.columns + pixel.column - place.column
        for channel in 0..<shape.channels { target[to * shape.channels + channel] = .nan }
      }
    }
  }

  private func arrange(_ pixels: Span<Float>, into target: inout MutableSpan<Float>) {
    let (place, channels) = (key.placement, key.shape.channels)
    let width = place.upright.columns
    for row in 0..<place.rows {
      for column in 0..<place.columns {
        let source = place.upright(column: column, row: row)
        let from = (source.row * width + source.column) * channels
        let to = (row * place.columns + column) * channels
        for channel in 0..<channels { target[to + channel] = pixels[from + channel] }
      }
    }
  }

  private mutating func scale(_ frame: Span<Float>, into target: inout MutableSpan<Float>) {
    area?.apply(frame, into: &target)
    maximum?.apply(frame, into: &target)
    nearest?.apply(frame, into: &target)
  }
}
