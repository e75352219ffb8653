public import BlitzCore
import Glibc

extension StackCache {
  /// What a stack would take on disk, and what there is.
  public struct Room: Equatable, Sendable {
    /// Bytes of the stack, and free bytes of the disk.
    public let bytes, free: Int
    /// True when a build would not be refused for want of room.
    public let isEnough: Bool
  }

  /// Looks whether a recording's stack would fit, before anything of the cache is made.
  ///
  /// - Throws: What planning the build throws.
  public func room(for recording: Recording, options: LoadOptions) throws(BlitzError) -> Room {
    let bytes = try byteCount(of: recording, options: options)
    let free = freeBytes
    let taken = stacks().reduce(0) { $0 + $1.byteCount }
    return Room(bytes: bytes, free: free, isEnough: bytes <= min(limit, (free + taken) / 2))
  }

  /// Free bytes where the folder is, or will be.
  private var freeBytes: Int {
    var place = path
    var status = stat()
    while unsafe place.withCString({ unsafe stat($0, &status) }) != 0 {
      let parent = place.folder
      guard parent != place else { return 0 }
      place = parent
    }
    return CacheFolder(path: place).freeBytes
  }
}
