import BlitzCore
import Glibc

/// Decodes a recording group by group into a `.npy` file of the cache, and records it.
struct CacheBuild {
  /// All source frames, as loaded.
  let shape: StackShape

  private let recording: Recording
  private let options: LoadOptions

  /// Bytes of samples held at once.
  private static let groupBytes = 256 << 20

  /// Plans a build; the options' range and memory limits do not matter.
  init(_ recording: Recording, _ options: LoadOptions) throws(BlitzError) {
    var options = options
    options.range = .all
    (options.onExceed, options.maxRAM) = (.auto, nil)
    (self.recording, self.options) = (recording, options)
    let plenty = MemoryBudget([.init(.machine, bytes: .max)])
    let plan = try LoadPlan.make(for: recording, options: options, memory: plenty)
    shape = plan.shape
  }

  /// Writes data, then the record; the caller holds the key's lock.
  func run(
    _ folder: CacheFolder, _ key: CacheKey, progress: (Int, Int) -> Void, isCancelled: () -> Bool
  ) throws(BlitzError) {
    let data = folder.file(key.name + ".npy")
    let damaged = try write(to: data, progress: progress, isCancelled: isCancelled)
    guard CacheKey(recording, options) == key else {
      throw BlitzError(
        .damagedInput, recording.path, "was written to while it was decoded",
        hint: "build its cache once nobody writes to it")
    }
    // Sums of what the system now holds for the file, so that any later change shows.
    let file = try MappedFile(path: data)
    let record = CacheRecord(
      key: key.text, source: key.source, byteCount: file.byteCount, damaged: damaged,
      sums: BlockChecks.sums(of: file))
    try file.verify(0..<file.byteCount)
    let output = try Self.privateOutput(folder.file(key.name + ".json"), bytes: 0)
    try output.write(Array(record.json.utf8).span)
    try output.commit()
  }

  /// Writes all samples and returns the damaged frames.
  private func write(
    to path: FilePath, progress: (Int, Int) -> Void, isCancelled: () -> Bool
  ) throws(BlitzError) -> [Int] {
    let output = try Self.privateOutput(path, bytes: shape.sampleCount * 4)
    var writer = try NumPyWriter(output, shape: shape, isStack: true)
    var damaged: [Int] = []
    let group = max(1, Self.groupBytes / (shape.frameSize * 4))
    let scratch = BandScratch()
    for first in stride(from: 0, to: shape.frames, by: group) {
      if isCancelled() { throw BlitzError(.cancelled, recording.path, "stopped") }
      let store = try load(first..<min(first + group, shape.frames))
      for frame in 0..<store.shape.frames {
        if store.condition(of: frame) == .damaged { damaged.append(first + frame) }
        try store.withFrame(frame, scratch: scratch) { (samples) throws(BlitzError) in
          try writer.write(samples)
        }
      }
      progress(first + store.shape.frames, shape.frames)
    }
    try writer.commit()
    return damaged
  }

  private func load(_ frames: Range<Int>) throws(BlitzError) -> SampleStore {
    guard let shape = shape.with(frames: frames.count),
      let range = FrameRange(start: frames.lowerBound, end: frames.upperBound)
    else { preconditionFailure("a group has frames") }
    let plan = LoadPlan(
      strategy: .memory, frames: range, shape: shape, bytes: 0, bytesAsFloat32: 0, limitBytes: .max,
      reason: PrintableText(""))
    let store = try SampleStore(shape: shape)
    let loader = StackLoader(recording: recording, plan: plan, options: options, into: store) {
      _ in
    }
    loader.start()
    loader.wait()
    return store
  }

  /// A file of this user's alone, with its space reserved: a full disk is met here and not half-way.
  private static func privateOutput(
    _ path: FilePath, bytes: Int
  ) throws(BlitzError) -> AtomicOutput {
    let output = try AtomicOutput(path, force: true)
    let code = try output.withDescriptor { (descriptor) throws(BlitzError) -> Int32 in
      guard fchmod(descriptor, 0o600) == 0 else { return errno }
      return bytes == 0 ? 0 : posix_fallocate(descriptor, 0, bytes)
    }
    // Some file systems cannot reserve; then writing finds out.
    guard code == 0 || code == EOPNOTSUPP || code == EINVAL else {
      throw BlitzError(
        .system, path.description, "\(byteText(bytes)) cannot be reserved: \(systemReason(code))")
    }
    return output
  }
}
