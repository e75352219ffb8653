import BlitzCore
import BlitzIO
import BlitzKernels

/// Projections of all frames of a stack, whatever holds it.
struct StackReduction {
  let source: any SampleSource
  /// Frames that can be held at a time; nil where all can be read in any order.
  let stretchFrames: Int?
  /// Bytes that a copy of some rows of all frames may take, where the stack is read in passes.
  let bytes: Int
  let threads: Int
  let work: Work

  /// Of an opened stack.
  init(_ stack: OpenedStack, _ work: Work) {
    (source, stretchFrames, threads) = (stack.source, stack.stretchFrames, stack.threads)
    (bytes, self.work) = (stack.plan.limitBytes / 2, work)
  }

  /// The planes asked for, as `Float`.
  ///
  /// - Throws: `cancelled`, or what reading throws.
  func planes(
    _ operations: Set<Projection>, freedom: DegreesOfFreedom
  ) throws(BlitzError) -> [Projection: [Float]] {
    let line = work.console.progress("projecting")
    guard stretchFrames != nil else { return try project(source, operations, freedom, line) }
    // Medians need all frames of a pixel at once.
    let bySlab = operations.intersection([.median])
    let direct = operations.subtracting(bySlab)
    var planes: [Projection: [Float]] = [:]
    if !direct.isEmpty { planes = try project(source, direct, freedom, line) }
    if !bySlab.isEmpty {
      planes.merge(try slabwise(bySlab, freedom, line)) { first, _ in first }
    }
    return planes
  }

  private func project(
    _ source: any SampleSource, _ operations: Set<Projection>, _ freedom: DegreesOfFreedom,
    _ line: ProgressLine?
  ) throws(BlitzError) -> [Projection: [Float]] {
    guard let all = FrameRange(start: 0, end: source.shape.frames) else { return [:] }
    let projector = StackProjector(source, threads: threads, stretchFrames: stretchFrames)
    let images = try projector.project(
      operations, over: all, freedom: freedom, cancellation: work.interruption.flag
    ) { line?.show($0) }
    return Dictionary(
      uniqueKeysWithValues: operations.map { ($0, images.floatPlane($0) ?? []) })
  }

  /// As many rows of all frames as memory holds, then the next ones: every pass reads all frames.
  private func slabwise(
    _ operations: Set<Projection>, _ freedom: DegreesOfFreedom, _ line: ProgressLine?
  ) throws(BlitzError) -> [Projection: [Float]] {
    let shape = source.shape
    let rowBytes = shape.frames * shape.rowSize * MemoryLayout<Float>.size
    let height = max(bytes / rowBytes, 1)
    var planes: [Projection: [Float]] = [:]
    for start in stride(from: 0, to: shape.rows, by: height) {
      let rows = start..<min(start + height, shape.rows)
      let slab = try copy(rows) { fraction in
        line?.show((Double(start) + fraction * Double(rows.count)) / Double(shape.rows))
      }
      for (operation, part) in try project(slab, operations, freedom, nil) {
        planes[operation, default: []] += part
      }
    }
    return planes
  }

  /// Some rows of every frame, in memory.
  private func copy(
    _ rows: Range<Int>, progress: (Double) -> Void
  ) throws(BlitzError) -> SampleStore {
    let shape = StackShape(
      frames: source.shape.frames, rows: rows.count, columns: source.shape.columns,
      channels: source.shape.channels)
    guard let shape else { preconditionFailure("rows of a stack are a stack") }
    let slab = try SampleStore(shape: shape)
    let scratch = BandScratch()
    for frame in 0..<shape.frames {
      try source.withBand(rows: rows, frames: frame..<frame + 1, scratch: scratch) { band, _ in
        _ = slab.fill(frame: frame) { target in
          for i in band.indices { target[i] = band[i] }
          return .complete
        }
      }
      progress(Double(frame + 1) / Double(shape.frames))
    }
    return slab
  }
}
