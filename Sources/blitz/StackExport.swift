import BlitzCore
import BlitzIO
import BlitzKernels
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
    case .tif, .mp4, .png, .csv:
      throw BlitzError(.usage, "-o", "\(destination.format.rawValue) holds no stack")
    }
  }

  private var frames: StackFrames { StackFrames(stack.source, positions, "converting", work) }

  private func numpy(to destination: Destination) throws(BlitzError) {
    var writer = try NumPyWriter(destination.open(), shape: shape, isStack: true)
    var frames = frames
    while try frames.next() != nil { try writer.write(frames.samples.span) }
    try writer.commit()
  }

  /// Writes a picture for each frame, numbered by source frame.
  func pictures(_ names: NumberedNames, force: Bool) throws(BlitzError) {
    let coloring = try coloring()
    let folder = try AtomicFolder(names.folder, force: force)
    var frames = frames
    var batch: [(number: Int, plane: ImagePlane)] = []
    repeat {
      batch.removeAll()
      while batch.count < 4 * stack.threads, let position = try frames.next() {
        let plane = ImagePlane(frames.samples, like: shape)
        batch.append((stack.plan.frames[position], plane))
      }
      try write(batch, coloring, names, in: folder.location, force)
    } while !batch.isEmpty
    try folder.commit()
  }

  /// Encodes some pictures at the same time.
  private func write(
    _ batch: [(number: Int, plane: ImagePlane)], _ coloring: Coloring?, _ names: NumberedNames,
    in folder: FilePath, _ force: Bool
  ) throws(BlitzError) {
    let failure = Mutex<BlitzError?>(nil)
    DispatchQueue.concurrentPerform(iterations: batch.count) { index in
      let (number, plane) = batch[index]
      do throws(BlitzError) {
        let output = try AtomicOutput(folder.appending(names.name(number)), force: force)
        try picture(plane, coloring).write(to: output)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// A frame as it is, or in colours; black when it could not be read.
  private func picture(_ plane: ImagePlane, _ coloring: Coloring?) -> Picture {
    if let coloring { return Picture(plane, coloring) }
    let isWide = storedAs?.byteCount == 2
    return Picture(codes: plane, isWide: isWide) ?? Picture(blackLike: plane, isWide: isWide)
  }

  private var shape: StackShape {
    stack.source.shape.with(frames: positions.count) ?? stack.source.shape
  }

  /// Colours for samples that are no codes; nil for those that are, unless colours are asked for.
  private func coloring() throws(BlitzError) -> Coloring? {
    if let storedAs, [.u8, .u16, .bool].contains(storedAs), !view.asksForColors { return nil }
    let coloring: Coloring
    if view.levels == nil {
      coloring = Coloring(view, levels: try extremes(), origin: "smallest to largest")
    } else {
      let first = try ImagePlane(frame: positions.lowerBound, of: stack.source)
      coloring = Coloring(view, fitting: first)
    }
    work.console.say("\(coloring.text), colour map \(coloring.table.name), 8 bits")
    return coloring
  }

  /// The smallest and the largest finite sample of all frames.
  private func extremes() throws(BlitzError) -> LevelWindow {
    let planes = try StackReduction(stack, work).planes([.min, .max], freedom: .population)
    let low = planes[.min]?.filter(\.isFinite).min() ?? 0
    let high = planes[.max]?.filter(\.isFinite).max() ?? 1
    return LevelWindow(darkest: Double(low), brightest: Double(high)) ?? .unit
  }
}
