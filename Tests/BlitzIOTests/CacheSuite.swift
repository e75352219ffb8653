import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzIO

/// What tests of the cache have in common: a folder for it, small recordings, and their samples.
protocol CacheSuite {
  var folder: TemporaryFolder { get }
}

extension CacheSuite {
  func cache(limit: Int = StackCache.limit, in name: String = "cache/blitz") -> StackCache {
    StackCache(folder: CacheFolder(path: FilePath(folder.file(name))), limit: limit)
  }

  /// A recording of `frames` frames of 3 x 5 samples of 16 bits, all different.
  func recording(frames: Int = 4, name: String = "a.npy") throws -> Recording {
    let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (\(frames), 3, 5)}".padded(
      to: 118)
    let data = (0..<frames * 15).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let path = folder.file(name, numPyFile(text) + data)
    return try Recording.open(path, options: LoadOptions())
  }

  func samples(_ stack: CachedStack) throws -> [Float] {
    let all = try #require(FrameRange(start: 0, end: stack.shape.frames))
    let source = try #require(stack.source(frames: all))
    return try source.withBand(rows: 0..<3, frames: 0..<all.count, scratch: BandScratch()) {
      (samples, _) throws(BlitzError) in samples.indices.map { samples[$0] }
    }
  }
}
