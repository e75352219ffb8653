public import BlitzCore
import Glibc

/// Recordings decoded once to disk, for this user, on request only.
///
/// A stack is three files named after its key: `.npy`, a `.json` record that is written last and
/// without which nothing counts, and a `.lock`. Killed at any moment, a writer leaves at most a
/// temporary file, which the next one removes.
public struct StackCache: Sendable {
  /// All stacks together take at most this, or half of the space there is when that is less.
  public static let limit = 20 << 30

  private let folder: CacheFolder
  let limit: Int

  /// The cache of this user, in `$XDG_CACHE_HOME/blitz` or `~/.cache/blitz`; made at the first build.
  ///
  /// - Throws: `system` when there is no place for one.
  public init() throws(BlitzError) { self.init(folder: try CacheFolder()) }

  init(folder: CacheFolder, limit: Int = StackCache.limit) {
    (self.folder, self.limit) = (folder, limit)
  }

  /// Where it is.
  public var path: FilePath { folder.path }

  /// The stack of a recording as it is now, under these options; nil when there is none.
  public func stack(of recording: Recording, options: LoadOptions) -> CachedStack? {
    CacheKey(recording, options).flatMap { stack(of: $0) }
  }

  /// All sound stacks, the one used last first.
  public func stacks() -> [CachedStack] {
    recorded().sorted { $0.used > $1.used }.compactMap { try? CachedStack(folder, $0.name) }
  }

  /// All stacks, the sound ones as of `stacks`, then what cannot be used and why: the rests of a
  /// build that was ended, and files that are not as they were written. What is being built now is
  /// in neither.
  ///
  /// - Throws: `system` when the folder is there and others can write to it.
  public func entries() throws(BlitzError) -> [CacheEntry] {
    try folder.check()
    let sound = stacks().map { CacheEntry(stack: $0) }
    let others = names(besidesLocks: true).subtracting(sound.map(\.name))
    return sound + others.sorted().compactMap(bad)
  }

  /// What is wrong with a stack; nil when nothing is, or somebody is at it.
  private func bad(_ name: String) -> CacheEntry? {
    guard let lock = try? CacheLock(folder, name, waits: false) else { return nil }
    defer { withExtendedLifetime(lock) {} }
    do throws(BlitzError) {
      _ = try CachedStack(folder, name)
      return nil
    } catch { return CacheEntry(name: name, bytes: size(of: name + ".npy"), problem: error.reason) }
  }

  /// Removes all stacks, or one, with what is left of builds that were ended; those being read stay
  /// readable until they are closed, and what is being built stays.
  ///
  /// - Returns: Bytes given back.
  /// - Throws: `missingInput` when there is nothing of that name.
  @discardableResult
  public func clear(name: String? = nil) throws(BlitzError) -> Int {
    let names = names()
    if let name, !names.contains(name) {
      throw BlitzError(
        .missingInput, name, "is not in the cache", hint: "blitz cache list names what is there")
    }
    return names.filter { name == nil || $0 == name }.reduce(0) { $0 + remove($1) }
  }

  private func remove(_ name: String) -> Int {
    guard let lock = try? CacheLock(folder, name, waits: false) else { return 0 }
    let bytes = size(of: name + ".npy")
    withExtendedLifetime(lock) {
      removeRests(of: name)
      folder.remove(name + ".lock")
    }
    return bytes
  }

  /// What a build would take on disk, in bytes.
  public func byteCount(of recording: Recording, options: LoadOptions) throws(BlitzError) -> Int {
    128 + (try CacheBuild(recording, options).shape.sampleCount) * 4
  }

  /// Decodes a recording into the cache, or finds it there in full, every block as it was written.
  ///
  /// Waits while another process builds the same. All source frames are stored, whatever the range.
  ///
  /// - Parameters:
  ///   - progress: Frames done, called from this thread.
  ///   - isCancelled: Looked at between groups of frames.
  /// - Throws: `limit` when it would exceed the cache's limit or the disk, `cancelled`, `system`, or
  ///   what opening the recording throws.
  @discardableResult
  public func build(
    _ recording: Recording, options: LoadOptions,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }, isCancelled: () -> Bool = { false }
  ) throws(BlitzError) -> CachedStack {
    let recording = recording.verified()
    guard let key = CacheKey(recording, options) else {
      throw BlitzError(.missingInput, recording.path, "cannot be looked at")
    }
    try folder.prepare()
    let lock = try CacheLock(folder, key.name, waits: true)
    defer { withExtendedLifetime(lock) {} }
    // One that is not as it was written is made anew.
    if let stack = stack(of: key), (try? stack.verify()) != nil { return stack }
    removeRests(of: key.name)
    let build = try CacheBuild(recording, options)
    try makeRoom(for: build.shape.sampleCount * 4, keeping: key.name)
    try build.run(folder, key, progress: progress, isCancelled: isCancelled)
    guard let stack = stack(of: key) else {
      throw BlitzError(.system, folder.path.description, "does not hold what was just written")
    }
    return stack
  }

  private func stack(of key: CacheKey) -> CachedStack? {
    guard CachedStack.record(folder, key.name)?.key == key.text else { return nil }
    let stack = try? CachedStack(folder, key.name)
    if stack != nil { touch(key.name) }
    return stack
  }

  /// Removes what a killed writer left, and a stack whose key is no longer true; the lock is held.
  private func removeRests(of name: String) {
    for file in folder.names() where file.hasPrefix(".\(name).") { folder.remove(file) }
    folder.remove(name + ".json")
    folder.remove(name + ".npy")
  }

  /// Gives up the stacks used longest ago until a new one fits.
  private func makeRoom(for bytes: Int, keeping name: String) throws(BlitzError) {
    var others = recorded().filter { $0.name != name }.sorted { $0.used < $1.used }
    var taken = others.reduce(0) { $0 + $1.bytes }
    let allowed = min(limit, (folder.freeBytes + taken) / 2)
    // One that fits nowhere costs no other its place.
    while bytes <= allowed, taken > allowed - bytes, !others.isEmpty {
      let oldest = others.removeFirst()
      // One that is being built is somebody else's business.
      guard let lock = try CacheLock(folder, oldest.name, waits: false) else { continue }
      withExtendedLifetime(lock) { removeRests(of: oldest.name) }
      taken -= oldest.bytes
    }
    guard bytes <= allowed - taken else {
      throw BlitzError(
        .limit, folder.path.description,
        "has room for \(byteText(max(allowed, 0))), not for \(byteText(bytes))",
        hint: "cache less with --crop or --size, or set XDG_CACHE_HOME to a larger disk")
    }
  }

  private func recorded() -> [(name: String, bytes: Int, used: Int64)] {
    folder.names().compactMap { file in
      guard file.hasSuffix(".json"), case let name = String(file.dropLast(5)), Self.isName(name)
      else { return nil }
      return (name, size(of: name + ".npy"), status(of: file)?.modified ?? 0)
    }
  }

  /// Names under which there is anything, locks alone left out where asked for.
  private func names(besidesLocks: Bool = false) -> Set<String> {
    Set(
      folder.names().compactMap { file in
        let stem = String(file.drop { $0 == "." }.prefix { $0 != "." })
        return Self.isName(stem) && !(besidesLocks && file.hasSuffix(".lock")) ? stem : nil
      })
  }

  private func size(of file: String) -> Int { status(of: file)?.byteCount ?? 0 }

  private func status(of file: String) -> FileIdentity? {
    var status = stat()
    let path = folder.file(file)
    guard unsafe path.withCString({ unsafe lstat($0, &status) }) == 0 else { return nil }
    return FileIdentity(status)
  }

  /// Notes that a stack was used, in its record's time of last write.
  private func touch(_ name: String) {
    _ = unsafe folder.file(name + ".json").withCString {
      unsafe utimensat(AT_FDCWD, $0, nil, AT_SYMLINK_NOFOLLOW)
    }
  }

  private static func isName(_ text: String) -> Bool {
    text.utf8.count == 16 && text.utf8.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }
  }
}

extension Recording {
  /// The cached stack of this recording, when there is one and the options allow it.
  func cachedStack(_ options: LoadOptions) -> CachedStack? {
    guard !options.ignoresCache, let cache = try? StackCache() else { return nil }
    return cache.stack(of: self, options: options)
  }
}
