import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

@testable import BlitzIO

@Suite struct MappedStackTests {
  /// Reads all of a source in bands of the given heights and block lengths, in NumPy's order.
  private func read(_ source: some SampleSource, rows: Int, frames: Int) throws -> [Float] {
    let shape = source.shape
    let scratch = BandScratch()
    var samples = [Float](repeating: -1, count: shape.sampleCount)
    for first in stride(from: 0, to: shape.frames, by: frames) {
      for top in stride(from: 0, to: shape.rows, by: rows) {
        let band = top..<min(top + rows, shape.rows)
        let block = first..<min(first + frames, shape.frames)
        let read = try source.withBand(rows: band, frames: block, scratch: scratch) {
          (data, stride) throws(BlitzError) in
          block.flatMap { frame in
            (0..<band.count * shape.rowSize).map { data[(frame - first) * stride + $0] }
          }
        }
        for (i, sample) in read.enumerated() {
          let size = band.count * shape.rowSize
          let frame = first + i / size
          samples[frame * shape.frameSize + top * shape.rowSize + i % size] = sample
        }
      }
    }
    return samples
  }

  private func stored(_ reader: NumPyReader) throws -> SampleLayout {
    try #require(reader.layout())
  }

  private func open(
    _ array: NumPyArray, in folder: TemporaryFolder, frames: FrameRange? = nil,
    crop: LoadOptions.Crop? = nil, color: Bool = true
  ) throws -> MappedStack {
    let reader = try NumPyReader(path: FilePath(folder.write(array.file, to: "a.npy")))
    let all = try #require(FrameRange(start: 0, end: array.extents[0]))
    return try #require(
      MappedStack(
        file: reader.file, layout: try stored(reader), frames: frames ?? all, crop: crop,
        color: color))
  }

  @Test("reads what NumPy converts", arguments: NumPyArray.all)
  func samples(array: NumPyArray) throws {
    let folder = TemporaryFolder()
    let stack = try open(array, in: folder)
    let stored = array.extents[3]
    let expected = array.samples.enumerated().filter { $0.offset % stored < 3 }.map(\.element)
    for (rows, frames) in [(1, 1), (2, 1), (1, 7), (99, 99)] {
      #expect(same(try read(stack, rows: rows, frames: frames), expected))
    }
  }

  @Test("decodes what NumPy stored", arguments: NumPyArray.all)
  func decode(array: NumPyArray) throws {
    let folder = TemporaryFolder()
    let reader = try NumPyReader(path: FilePath(folder.write(array.file, to: "a.npy")))
    let size = array.extents[1...].reduce(1, *)
    let frame = DecodedFrame()
    for index in 0..<array.extents[0] {
      #expect(try reader.decode(index, color: true, into: frame) == .complete)
      #expect(
        same(frame.samples(), Array(array.samples[index * size..<(index + 1) * size])))
    }
  }

  @Test func partsOfAStack() throws {
    let folder = TemporaryFolder()
    for array in NumPyArray.all where array.extents == [2, 3, 5, 1] {
      let crop = try #require(LoadOptions.Crop(x: 1, y: 1, width: 3, height: 99))
      let stack = try open(
        array, in: folder, frames: FrameRange(start: 1, end: 2), crop: crop)
      #expect(stack.shape == StackShape(frames: 1, rows: 2, columns: 3))
      let expected = [21, 22, 23, 26, 27, 28].map { array.samples[$0] }
      #expect(same(try read(stack, rows: 1, frames: 1), expected), "\(array.name)")
    }
  }

  @Test func stepsAndRowsAreLentInPlace() throws {
    let folder = TemporaryFolder()
    let values = (0..<7 * 4 * 3).map { Float($0) }
    let head = numPyFile(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (7, 4, 3)}".padded(to: 118))
    let file = head + values.flatMap(\.storedBytes)
    let reader = try NumPyReader(path: FilePath(folder.write(file, to: "a.npy")))
    let frames = try #require(FrameRange(start: 1, end: 7, step: 2))
    let crop = try #require(LoadOptions.Crop(x: 0, y: 1, width: 3, height: 2))
    let stack = try #require(
      MappedStack(file: reader.file, layout: try stored(reader), frames: frames, crop: crop))
    let expected = [1, 3, 5].flatMap { frame in (3..<9).map { Float(frame * 12 + $0) } }
    #expect(try read(stack, rows: 2, frames: 3) == expected)
    let stride = try stack.withBand(rows: 0..<1, frames: 0..<3, scratch: BandScratch()) {
      (_, stride) throws(BlitzError) in stride
    }
    #expect(stride == 24, "converted, not lent")
  }

  @Test func colourBecomesGray() throws {
    let folder = TemporaryFolder()
    for array in NumPyArray.all where array.extents[3] >= 3 {
      let stack = try open(array, in: folder, color: false)
      let c = array.extents[3]
      let expected = stride(from: 0, to: array.samples.count, by: c).map { i -> Float in
        let (r, g, b) = (array.samples[i], array.samples[i + 1], array.samples[i + 2])
        return r == g && g == b ? r : 0.299 * r + 0.587 * g + 0.114 * b
      }
      #expect(same(try read(stack, rows: 2, frames: 2), expected), "\(array.name)")
    }
  }

  @Test func partsOutsideAreRefused() throws {
    let folder = TemporaryFolder()
    let array = try #require(NumPyArray.all.first { $0.extents == [2, 3, 5, 1] })
    let reader = try NumPyReader(path: FilePath(folder.write(array.file, to: "a.npy")))
    let three = try #require(FrameRange(start: 0, end: 3))
    #expect(MappedStack(file: reader.file, layout: try stored(reader), frames: three) == nil)
    let one = try #require(FrameRange(start: 0, end: 1))
    for (x, y) in [(5, 0), (0, 3), (Int.max, Int.max)] {
      let crop = try #require(LoadOptions.Crop(x: x, y: y, width: Int.max, height: Int.max))
      let stack = MappedStack(
        file: reader.file, layout: try stored(reader), frames: one, crop: crop)
      #expect(stack == nil)
    }
  }

  @Test("a file cut under the map", arguments: ["<f4", ">u2"])
  func cut(type: String) throws {
    let folder = TemporaryFolder()
    let file = numPyFile(
      "{'descr': '\(type)', 'fortran_order': False, 'shape': (20, 64, 64)}".padded(to: 118),
      data: 20 * 64 * 64 * (type == "<f4" ? 4 : 2))
    let path = folder.write(file, to: "a.npy")
    let reader = try NumPyReader(path: FilePath(path))
    let all = try #require(FrameRange(start: 0, end: 20))
    let stack = try #require(
      MappedStack(file: reader.file, layout: try stored(reader), frames: all))
    #expect(throws: Never.self) { try read(stack, rows: 64, frames: 5) }
    for frame in 0..<20 { #expect(stack.condition(of: frame) == .complete) }
    try #require(unsafe truncate(path, file.count / 2) == 0)
    let error = #expect(throws: BlitzError.self) { try read(stack, rows: 64, frames: 20) }
    #expect(error?.subject.text == path)
    #expect(stack.condition(of: 4) == .complete)
    #expect(stack.condition(of: 19) == .damaged)
    #expect(try reader.decode(19, color: false, into: DecodedFrame()) == .damaged)
  }

  @Test func whatIsReadAsGoodIsGoodWhileTheFileIsCut() throws {
    var random = SeededRandom(seed: 8)
    let folder = TemporaryFolder()
    let head = numPyFile(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (48, 32, 32)}".padded(to: 118))
    let file = head + (0..<48 * 1024).flatMap { Float($0).storedBytes }
    var (good, refused) = (0, 0)
    for round in 0..<100 {
      let path = folder.file("a.npy", file)
      let reader = try NumPyReader(path: FilePath(path))
      let all = try #require(FrameRange(start: 0, end: 48))
      let stack = try #require(
        MappedStack(file: reader.file, layout: try stored(reader), frames: all))
      let (size, wait) = (
        Int.random(in: 0..<file.count, using: &random), UInt32.random(in: 0..<400, using: &random)
      )
      let cutter = Thread {
        usleep(wait)
        _ = unsafe truncate(path, size)
        // Grown again, as zeros that no page fault tells of.
        if round.isMultiple(of: 2) { _ = unsafe truncate(path, file.count) }
      }
      cutter.start()
      for frame in 0..<48 {
        do throws(BlitzError) {
          let isWhole = try stack.withFrame(frame, scratch: BandScratch()) {
            (samples) throws(BlitzError) in
            (0..<1024).allSatisfy { samples[$0] == Float(frame * 1024 + $0) }
          }
          #expect(isWhole, "frame \(frame) of round \(round)")
          good += 1
        } catch { refused += 1 }
      }
      while !cutter.isFinished { usleep(100) }
    }
    #expect(good > 0 && refused > 0)
  }

  @Test func aStackRewrittenUnderTheReaderGivesNoResult() throws {
    let folder = TemporaryFolder()
    let file = numPyFile(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 8, 8)}".padded(to: 118), data: 512)
    let path = folder.write(file, to: "a.npy")
    let reader = try NumPyReader(path: FilePath(path))
    let all = try #require(FrameRange(start: 0, end: 2))
    let stack = try #require(
      MappedStack(file: reader.file, layout: try stored(reader), frames: all))
    #expect(throws: BlitzError.self) {
      try stack.withBand(rows: 0..<8, frames: 0..<2, scratch: BandScratch()) {
        (_, _) throws(BlitzError) in
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        _ = unsafe utimensat(AT_FDCWD, path, &times, 0)
      }
    }
  }

  @Test func aSmallResidentLimitChangesNothingThatIsRead() throws {
    let folder = TemporaryFolder()
    var random = SeededRandom(seed: 3)
    let values = (0..<40 * 32 * 32).map { _ in Float.random(in: -1...1, using: &random) }
    let head = numPyFile(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (40, 32, 32)}".padded(to: 118))
    let file = head + values.flatMap(\.storedBytes)
    let reader = try NumPyReader(path: FilePath(folder.write(file, to: "a.npy")))
    let all = try #require(FrameRange(start: 0, end: 40))
    let stack = try #require(
      MappedStack(
        file: reader.file, layout: try stored(reader), frames: all, limit: 32 << 10))
    for _ in 0..<2 {
      for rows in [32, 7] { #expect(try read(stack, rows: rows, frames: 3) == values) }
    }
  }
}

extension DecodedFrame {
  /// The decoded samples, converted by plain Swift.
  func samples() -> [Float] {
    withBytes { bytes in
      stride(from: 0, to: bytes.count, by: type.byteCount).map { start in
        var code: UInt64 = 0
        for i in 0..<type.byteCount {
          let byte = UInt64(bytes[start + (isSwapped ? type.byteCount - 1 - i : i)])
          code |= byte << (i * 8)
        }
        return switch type {
        case .bool, .u8, .u16, .u32, .u64: Float(code)
        case .i8: Float(Int8(truncatingIfNeeded: code))
        case .i16: Float(Int16(truncatingIfNeeded: code))
        case .i32: Float(Int32(truncatingIfNeeded: code))
        case .i64: Float(Int64(truncatingIfNeeded: code))
        case .f16: Float(Float16(bitPattern: UInt16(truncatingIfNeeded: code)))
        case .f32: Float(bitPattern: UInt32(truncatingIfNeeded: code))
        case .f64: Float(Double(bitPattern: code))
        }
      }
    }
  }
}

extension Float {
  /// Four bytes, least significant first.
  var storedBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: bitPattern >> ($0 * 8)) } }
}

extension String {
  /// The text with blanks behind it, so that data begins at a multiple of 64 bytes.
  func padded(to count: Int) -> String { self + String(repeating: " ", count: count - utf8.count) }
}
