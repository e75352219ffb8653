@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Dispatch
import Glibc
import Synchronization
import Testing

/// A file is cut, grown, replaced and deleted while its map is read.
@Suite struct LiveTruncationTests {
  private static let frames = 16, rows = 64, columns = 64

  /// A Float32 stack, or one of 16-bit numbers, with another value in every sample.
  private static func file(isInPlace: Bool) -> [UInt8] {
    let dictionary =
      "{'descr': '<\(isInPlace ? "f4" : "u2")', 'fortran_order': False, "
      + "'shape': (\(frames), \(rows), \(columns)), }"
    // As NumPy does, so that the samples begin at a multiple of 64.
    let padding = String(repeating: " ", count: 117 - dictionary.utf8.count)
    return numPyFile(dictionary + padding + "\n")
      + (0..<frames * rows * columns).flatMap { i in
        let word = isInPlace ? value(i).bitPattern : UInt32(value(i))
        return (0..<(isInPlace ? 4 : 2)).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
      }
  }

  /// Made once: in a debug build that takes longer than a round does.
  private static let files = [file(isInPlace: false), file(isInPlace: true)]

  private static func value(_ index: Int) -> Float { Float(1 + index % 65_535) }

  /// Does damage for a while: one kind after the other, by the seed.
  private static func vandalize(_ path: String, _ size: Int, _ random: inout SeededRandom) {
    for _ in 0..<4 {
      usleep(UInt32.random(in: 0..<400, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: unsafe truncate(path, 0)
      case 1: unsafe truncate(path, off_t(size / 2))
      case 2: unsafe truncate(path, off_t(size))
      case 3: unsafe unlink(path)
      default:
        let other = path + ".new"
        let file = unsafe open(other, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        close(file)
        unsafe rename(other, path)
      }
    }
  }

  /// Reads a frame; true when it was vouched for, and then it is the original.
  private func read(_ frame: Int, of stack: MappedStack) throws -> Bool {
    let size = Self.rows * Self.columns
    var copy: [Float] = []
    do {
      try stack.withBand(
        rows: 0..<Self.rows, frames: frame..<frame + 1, scratch: BandScratch()
      ) { (samples, _) throws(BlitzError) in copy = (0..<size).map { samples[$0] } }
    } catch { return false }
    #expect(copy == (0..<size).map { Self.value(frame * size + $0) }, "a lost frame shown as good")
    return true
  }

  @Test func nothingReadAsGoodIsWrong() throws {
    let folder = TemporaryFolder()
    let rounds = Repetitions.count(short: 60, long: 1000)
    var (good, lost) = (0, 0)
    for round in 0..<rounds {
      let bytes = Self.files[round % 2]
      let path = folder.file("\(round).npy", bytes)
      let reader = try NumPyReader(path: FilePath(path))
      let layout = try #require(reader.layout())
      let all = try #require(FrameRange(start: 0, end: Self.frames))
      let stack = try #require(MappedStack(file: reader.file, layout: layout, frames: all))
      let vandal = DispatchGroup()
      DispatchQueue.global().async(group: vandal) {
        var random = SeededRandom(seed: UInt64(round))
        Self.vandalize(path, bytes.count, &random)
      }
      for step in 0..<24 {
        if try read((step * 7 + round) % Self.frames, of: stack) { good += 1 } else { lost += 1 }
      }
      vandal.wait()
    }
    #expect(good > 0 && lost > 0, "\(good) good, \(lost) lost")
    Repetitions.report(
      "truncations under a live map, deaths",
      "0 of \(rounds * 4) (\(good) frames good, \(lost) lost)")
  }
}
