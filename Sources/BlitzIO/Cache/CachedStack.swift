public import BlitzCore

/// A decoded recording on disk: a `.npy` file of Float32 that other programs can open too.
public final class CachedStack: Sendable {
  /// Its name in the cache.
  public let name: String
  /// Extents of all source frames, as loaded: after crop, size and gray.
  public let shape: StackShape
  /// The recording's place when it was made.
  public let source: String
  /// Bytes on disk.
  public let byteCount: Int

  private let file: MappedFile
  private let layout: SampleLayout
  private let checks: BlockChecks
  private let damaged: Set<Int>

  /// Opens a stack of the cache.
  ///
  /// - Throws: `damagedInput` for anything that is not whole, this user's, and as recorded.
  init(_ folder: CacheFolder, _ name: String) throws(BlitzError) {
    let path = folder.file(name + ".npy")
    guard folder.isTrusted else { throw Self.bad(folder.path, "others can write to the folder") }
    guard let record = Self.record(folder, name) else {
      throw Self.bad(
        folder.file(name + ".json"), "the record is missing, damaged, or not this user's alone")
    }
    guard CacheFolder.isOwn(path) else {
      throw Self.bad(path, "the samples are missing, or not in a file of this user's alone")
    }
    let reader = try NumPyReader(path: path)
    guard reader.file.byteCount == record.byteCount, let layout = reader.layout(),
      layout.isFloatInPlace, let checks = BlockChecks(reader.file, sums: record.sums)
    else { throw Self.bad(path, "the samples are not those of the record") }
    // The extents come from the first block.
    try checks.verify(0..<1)
    (self.name, source, byteCount) = (name, record.source, record.byteCount)
    (file, self.layout, self.checks) = (reader.file, layout, checks)
    shape = layout.shape
    damaged = Set(record.damaged)
  }

  private static func bad(_ path: FilePath, _ reason: String) -> BlitzError {
    BlitzError(
      .damagedInput, path.description, reason,
      hint: "blitz cache clear removes it; the recording itself is untouched")
  }

  /// The record of a stack, when it is this user's and sound.
  static func record(_ folder: CacheFolder, _ name: String) -> CacheRecord? {
    let path = folder.file(name + ".json")
    let content = FileBytes()
    guard CacheFolder.isOwn(path), (try? content.load(path)) != nil else { return nil }
    return CacheRecord(json: content.withBytes { bytes in bytes.indices.map { bytes[$0] } })
  }

  /// Reads part of it; every block is compared with its checksum when it is first touched.
  ///
  /// - Parameters:
  ///   - frames: Source frames.
  ///   - limit: As for `MappedStack`.
  public func source(frames: FrameRange, limit: Int? = nil) -> MappedStack? {
    MappedStack(
      file: file, layout: layout, frames: frames, color: shape.channels == 3, limit: limit,
      checks: checks, damaged: damaged)
  }

  /// Compares every block with its checksum.
  ///
  /// - Throws: `damagedInput` for the first block that differs.
  public func verify() throws(BlitzError) { try checks.verifyAll() }
}
