import BlitzCore
import BlitzTestSupport

import Testing

@testable import BlitzIO

@Suite struct TIFFWriterTests {
  private func write(
    _ samples: [Float], _ shape: StackShape?, _ type: SampleType = .f32,
    display: LevelWindow? = nil, in folder: TemporaryFolder
  ) throws -> FilePath {
    let path = FilePath(folder.file("out.tif"))
    var writer = try TIFFWriter(
      try AtomicOutput(path), shape: try #require(shape), type: type,
      framesPerSecond: FrameRate(30000, 1001), display: display)
    for part in samples.chunks(of: 37) { try writer.write(part.span) }
    try writer.commit()
    return path
  }

  @Test func aRemarkIsALineOfTheDescription() throws {
    let folder = TemporaryFolder()
    let path = FilePath(folder.file("out.tif"))
    let shape = try #require(StackShape(frames: 1, rows: 1, columns: 2))
    var writer = try TIFFWriter(
      try AtomicOutput(path), shape: shape, remark: "partial: 18 of 50 frames")
    try writer.write([1, 2].span)
    try writer.commit()
    let text = String(decoding: readFile(path.description), as: UTF8.self)
    #expect(text.contains("ImageJ=1.53t\npartial: 18 of 50 frames\nmin=1.0\nmax=2.0\n"))
    #expect(try TIFFReader(path: path).description.shape == shape)
  }

  @Test(
    "reads back as written",
    arguments: [
      StackShape(frames: 1, rows: 1, columns: 1), StackShape(frames: 3, rows: 5, columns: 7),
      StackShape(frames: 2, rows: 3, columns: 5, channels: 3),
    ], [SampleType.f32, .u8, .u16])
  func roundTrip(shape: StackShape?, type: SampleType) throws {
    let folder = TemporaryFolder()
    let count = try #require(shape).sampleCount
    let samples = (0..<count).map { Float($0 * 7 % 256) + (type == .f32 ? 0.25 : 0) }
    let reader = try TIFFReader(path: write(samples, shape, type, in: folder))
    #expect(reader.description.shape == shape)
    #expect(reader.description.sampleType == type)
    #expect(reader.description.notes.isEmpty)
    let frame = DecodedFrame()
    let size = count / reader.description.shape.frames
    for index in 0..<reader.description.shape.frames {
      #expect(try reader.decode(index, color: true, into: frame) == .complete)
      #expect(frame.samples() == Array(samples[index * size..<(index + 1) * size]))
    }
    let layout = try #require(reader.layout())
    #expect(layout.isFloatInPlace == (type == .f32))
    withExtendedLifetime(folder) {}
  }

  /// check_writer.py asks tifffile what these files hold and what ImageJ is told to show.
  @Test(arguments: WrittenTIFF.all) func bytesAreThoseThatOthersRead(_ file: WrittenTIFF) throws {
    let folder = TemporaryFolder()
    let path = try write(
      file.samples, file.shape, file.type, display: file.display, in: folder)
    #expect(readFile(path.description) == (try fixture("TIFF/\(file.name)")))
    withExtendedLifetime(folder) {}
  }

  @Test func samplesThatAreNoCodesAreRefused() throws {
    let folder = TemporaryFolder()
    for (sample, type) in [(256, .u8), (-1, .u8), (0.5, .u16), (65536, .u16), (.nan, .u8)]
      as [(Float, SampleType)]
    {
      #expect(throws: BlitzError.self) {
        try write([sample], StackShape(frames: 1, rows: 1, columns: 1), type, in: folder)
      }
    }
    #expect(throws: BlitzError.self) {
      try write([1], StackShape(frames: 1, rows: 1, columns: 1), .i16, in: folder)
    }
    #expect(readFile(folder.file("out.tif")).isEmpty)
  }
}

/// A file that was written once and is kept as a golden.
struct WrittenTIFF: CustomTestStringConvertible, Sendable {
  let name: String
  let samples: [Float]
  let shape: StackShape?
  var type = SampleType.f32
  var display: LevelWindow?

  var testDescription: String { name }

  static let all = [
    WrittenTIFF(
      name: "written-f32.bin",
      samples: [0, 1.5, -2, .infinity, 3e38, .leastNonzeroMagnitude, 7, 8, .nan, 10, 11, 12],
      shape: StackShape(frames: 2, rows: 2, columns: 3)),
    // An odd number of bytes, so that what follows the samples must be moved to its place.
    WrittenTIFF(
      name: "written-u8.bin", samples: [3, 250, 7, 8, 9],
      shape: StackShape(frames: 1, rows: 1, columns: 5), type: .u8),
    WrittenTIFF(
      name: "written-u16-color.bin", samples: (0..<18).map { Float($0 * 3000) },
      shape: StackShape(frames: 3, rows: 1, columns: 2, channels: 3), type: .u16,
      display: LevelWindow(darkest: -12.5, brightest: 1e20)),
    WrittenTIFF(
      name: "written-nan.bin", samples: [.nan, .infinity],
      shape: StackShape(frames: 1, rows: 1, columns: 2)),
  ]
}

extension Array {
  fileprivate func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
