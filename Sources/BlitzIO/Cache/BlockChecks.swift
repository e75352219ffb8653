import BlitzCore
import Synchronization

/// The checksums of a mapped file's blocks; each block is compared when it is first touched.
final class BlockChecks: Sendable {
  /// Bytes of a block; the last one is shorter.
  static let blockSize = 4 << 20

  private let file: MappedFile
  private let sums: [UInt64]
  private let checked: Mutex<[Bool]>

  /// The sums to compare with; nil when they are not one for each block.
  init?(_ file: MappedFile, sums: [UInt64]) {
    guard sums.count == Self.blockCount(file.byteCount) else { return nil }
    (self.file, self.sums) = (file, sums)
    checked = Mutex([Bool](repeating: false, count: sums.count))
  }

  /// The sums of a file as it is now.
  static func sums(of file: MappedFile) -> [UInt64] {
    (0..<blockCount(file.byteCount)).map { sum(of: $0, in: file) }
  }

  /// Compares the blocks that a range of bytes touches, those that were found good excepted.
  ///
  /// - Throws: `damagedInput` for a block that is not as it was written.
  func verify(_ bytes: Range<Int>) throws(BlitzError) {
    for block in bytes.lowerBound / Self.blockSize...(bytes.upperBound - 1) / Self.blockSize {
      if checked.withLock({ $0[block] }) { continue }
      guard Self.sum(of: block, in: file) == sums[block] else {
        throw BlitzError(
          .damagedInput, file.path.description,
          "block \(block) of the cache is not as it was written",
          hint: "blitz cache clear removes it; the recording itself is untouched")
      }
      checked.withLock { $0[block] = true }
    }
  }

  /// As `verify`, for the whole file.
  func verifyAll() throws(BlitzError) { try verify(0..<file.byteCount) }

  private static func blockCount(_ byteCount: Int) -> Int { (byteCount - 1) / blockSize + 1 }

  private static func sum(of block: Int, in file: MappedFile) -> UInt64 {
    let start = block * blockSize
    return file.withBytes(start..<min(start + blockSize, file.byteCount)) { bytes in
      var sum = Checksum()
      sum.add(bytes)
      return sum.value
    }
  }
}
