import BlitzCore
import BlitzIO
import BlitzKernels
import BlitzModel
import Dispatch
import Synchronization

/// The frames of a stack as files that other programs read; only a few are held at a time.
struct StackExport {
  let stack: OpenedStack
  /// The frames to write, by their positions among the kept ones.
  let positions: Range<Int>
  let view: ViewFlags
  /// The type of the codes that samples still are; nil for samples that were computed.
  let storedAs: SampleType?
  let work: Work

  /// Writes one file.
  ///
  /// - Throws: `cancelled`, or what reading and writing throw; nothing is left behind then.
  func write(to destination: Destination) throws(BlitzError) {
    switch destination.format {
    case .npy: try numpy(to: destination)
    case .tif: try tiff(to: destination)
    case .mp4: try movie(to: destination)
    case .png, .csv:
      throw BlitzError(.usage, "-o", "\(destination.format.rawValue) holds no stack")
    }
  }

  private var frames: StackFrames { StackFrames(stack, positions, "converting", work) }

  private func numpy(to destination: Destination) throws(BlitzError) {
    var writer = try NumPyWriter(destination.open(), shape: shape, isStack: true)
    var frames = frames
    while try frames.next() != nil { try writer.write(frames.samples.span) }
    try writer.commit()
  }

  /// In the type that the samples are stored in where they are still such codes, else Float32.
  private func tiff(to destination: Destination) throws(BlitzError) {
    let type = storedAs.flatMap { [.u8, .u16].contains($0) ? $0 : nil }
    var writer = try TIFFWriter(
      destination.open(), shape: shape, type: type ?? .f32, framesPerSecond: stack.rate,
      display: try view.levels == nil ? nil : fitted().levels)
    var frames = frames
    let black = [Float](repeating: 0, count: shape.frameSize)
    while let position = try frames.next() {
      if type != nil, stack.source.condition(of: position) == .damaged {
        try writer.write(black.span)
      } else {
        try writer.write(frames.samples.span)
      }
    }
    try writer.commit()
  }

  /// In 8 bits, at the recording's own rate where eyes can follow it.
  private func movie(to destination: Destination) throws(BlitzError) {
    let rate = stack.rate.flatMap { $0.value <= 60 ? $0 : nil } ?? .watchable
    if rate != stack.rate { work.console.say("the movie plays at \(rate.text) frames a second") }
    let coloring = try coloring(codes: [.u8, .bool])
    let isGray = stack.source.shape.channels == 1 && coloring?.isGray ?? true
    var writer = try MovieWriter(
      destination.open(), rows: shape.rows, columns: shape.columns, channels: isGray ? 1 : 3,
      rate: rate)
    var frames = frames
    while try frames.next() != nil {
      let plane = ImagePlane(frames.samples, like: shape)
      let picture = Self.picture(plane, coloring, isWide: false)
      if case .bytes(let bytes) = picture.codes { try writer.write(bytes.span) }
    }
    try writer.commit()
  }

  /// Writes a picture for each frame, numbered by source frame.
  func pictures(_ names: NumberedNames, force: Bool) throws(BlitzError) {
    let coloring = try coloring(codes: [.u8, .u16, .bool])
    let folder = try AtomicFolder(names.folder, force: force)
    var frames = frames
    var batch: [(number: Int, plane: ImagePlane)] = []
    repeat {
      batch.removeAll()
      while batch.count < batchCount, let position = try frames.next() {
        let plane = ImagePlane(frames.samples, like: shape)
        batch.append((stack.plan.frames[position], plane))
      }
      try write(batch, coloring, names, in: folder)
    } while !batch.isEmpty
    try folder.commit()
  }

  /// Pictures encoded together: some for each thread, in about 64 MiB where that is enough for all.
  private var batchCount: Int {
    let fitting = (16 << 20) / shape.frameSize
    return max(stack.threads, min(4 * stack.threads, fitting))
  }

  /// Encodes some pictures at the same time.
  private func write(
    _ batch: [(number: Int, plane: ImagePlane)], _ coloring: Coloring?, _ names: NumberedNames,
    in folder: borrowing AtomicFolder
  ) throws(BlitzError) {
    let failure = Mutex<BlitzError?>(nil)
    let isWide = storedAs?.byteCount == 2
    DispatchQueue.concurrentPerform(iterations: batch.count) { index in
      let (number, plane) = batch[index]
      do throws(BlitzError) {
        let output = try folder.output(names.name(number))
        try Self.picture(plane, coloring, isWide: isWide).write(to: output)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// A frame as it is, or in colours; black when it could not be read.
  private static func picture(
    _ plane: ImagePlane, _ coloring: Coloring?, isWide: Bool
  ) -> CodeImage {
    if let coloring { return CodeImage(plane, coloring) }
    return CodeImage(codes: plane, isWide: isWide) ?? CodeImage(blackLike: plane, isWide: isWide)
  }

  private var shape: StackShape {
    stack.source.shape.with(frames: positions.count) ?? stack.source.shape
  }

  /// Colours for samples that are no codes; nil for those that are, unless colours are asked for.
  ///
  /// - Parameter codes: The types whose samples the format holds as they are.
  private func coloring(codes: [SampleType]) throws(BlitzError) -> Coloring? {
    if let storedAs, codes.contains(storedAs), !view.asksForColors { return nil }
    let coloring: Coloring
    if view.levels == nil {
      coloring = Coloring(view, levels: try extremes(), origin: "smallest to largest")
    } else {
      coloring = try fitted()
    }
    work.console.say("\(coloring.text), colour map \(coloring.table.name), 8 bits")
    return coloring
  }

  /// Levels as the view options say, fitted to all frames where they are to be fitted.
  private func fitted() throws(BlitzError) -> Coloring {
    let percent: Double
    switch view.levels ?? .trimmed(1) {
    case .window(let window): return Coloring(view, levels: window, origin: "as given")
    case .trimmed(let trim): percent = trim
    }
    let line = work.console.progress("fitting levels")
    let window = try LevelFit.window(
      of: StackPercentiles(stack.source, frames: positions, threads: stack.threads),
      trimming: percent, cancellation: work.interruption.flag
    ) { line?.show($0) }
    let isDiverging = LookupTable.builtin[view.colormap ?? 0].isDiverging
    return Coloring(
      view, levels: isDiverging ? window.centered : window,
      origin: "p\(percent.text()) of all frames")
  }

  /// The smallest and the largest finite sample of all frames.
  private func extremes() throws(BlitzError) -> LevelWindow {
    let planes = try StackReduction(stack, work).planes([.min, .max], freedom: .population)
    let low = planes[.min]?.filter(\.isFinite).min() ?? 0
    let high = planes[.max]?.filter(\.isFinite).max() ?? 1
    return LevelWindow(darkest: Double(low), brightest: Double(high)) ?? .unit
  }
}

extension FrameRate {
  /// For recordings without a rate, and those too fast to be watched: 25 a second.
  fileprivate static let watchable: FrameRate = {
    guard let rate = FrameRate(25) else { preconditionFailure("25 is a rate") }
    return rate
  }()
}
