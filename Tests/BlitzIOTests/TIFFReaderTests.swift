import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

@testable import BlitzIO

/// One fixture file and what independent decoders find in it.
struct TIFFSample: CustomTestStringConvertible {
  let name: String
  let extents: [Int]
  let isMapped: Bool
  let samples: [Float]

  var testDescription: String { name }

  static let all: [TIFFSample] = (try? read()) ?? []

  func bytes() throws -> [UInt8] { try fixture("TIFF/\(name)") }

  private static func read() throws -> [TIFFSample] {
    try fixtureRows("TIFF/values.txt").map { row in
      TIFFSample(
        name: row[0], extents: row[1].split(separator: ",").compactMap { Int($0) },
        isMapped: row[2] == "mapped",
        samples: try row[3].split(separator: " ").map { try #require(Float($0)) })
    }
  }
}

@Suite struct TIFFReaderTests {
  @Test func theTableIsThere() { #expect(TIFFSample.all.count > 60) }

  @Test("decodes what was written", arguments: TIFFSample.all)
  func decode(sample: TIFFSample) throws {
    let folder = TemporaryFolder()
    let reader = try TIFFReader(path: FilePath(folder.file("a.tif", try sample.bytes())))
    let shape = reader.description.shape
    #expect([shape.frames, shape.rows, shape.columns, shape.channels] == sample.extents)
    let frame = DecodedFrame()
    for index in 0..<shape.frames {
      #expect(try reader.decode(index, color: true, into: frame) == .complete)
      #expect(frame.type == reader.description.sampleType)
      let expected = sample.samples[index * shape.frameSize..<(index + 1) * shape.frameSize]
      #expect(same(frame.samples(), Array(expected)), "frame \(index)")
    }
  }

  @Test("maps what lies in one piece", arguments: TIFFSample.all)
  func map(sample: TIFFSample) throws {
    let folder = TemporaryFolder()
    let reader = try TIFFReader(path: FilePath(folder.file("a.tif", try sample.bytes())))
    let layout = reader.layout()
    #expect((layout != nil) == sample.isMapped)
    guard let layout, let frames = FrameRange(start: 0, end: layout.shape.frames) else { return }
    let stack = try #require(
      MappedStack(file: reader.file, layout: layout, frames: frames, color: true))
    let stored = sample.extents[3]
    let expected = sample.samples.enumerated().filter { $0.offset % stored < 3 }.map(\.element)
    let size = stack.shape.frameSize
    for frame in 0..<stack.shape.frames {
      let read = try stack.withFrame(frame, scratch: BandScratch()) {
        (samples) throws(BlitzError) in samples.indices.map { samples[$0] }
      }
      #expect(same(read, Array(expected[frame * size..<(frame + 1) * size])))
    }
  }

  @Test func saysWhichAxisItReads() throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.tif", try fixture("TIFF/imagej-tzc.tif"))
    let notes = try TIFFReader(path: FilePath(path)).description.notes.map(\.text)
    #expect(notes == ["frames are axis T; of 2 C and 2 Z the first"])
    let plain = folder.file("b.tif", try fixture("TIFF/u1-little.tif"))
    #expect(try TIFFReader(path: FilePath(plain)).description.notes.isEmpty)
  }

  @Test func readsImageJStacksBeyondFourGigabytes() throws {
    let folder = TemporaryFolder()
    let (count, width, height) = (700, 2048, 2048)
    let text = Array("ImageJ=1.53t\nimages=\(count)\nslices=\(count)\n\0".utf8)
    var builder = TIFFBuilder()
    builder.page(
      [
        (256, [width]), (257, [height]), (258, [16]), (259, [1]), (262, [1]), (273, [4096]),
        (277, [1]), (278, [height]), (279, [width * height * 2]),
      ], text: text)
    let path = folder.file("a.tif", builder.bytes)
    let last = 4096 + ((count - 1) * width * height + width + 5) * 2
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.truncate(atOffset: UInt64(4096 + count * width * height * 2))
    try handle.seek(toOffset: UInt64(last))
    try handle.write(contentsOf: [0x34, 0x12])
    let reader = try TIFFReader(path: FilePath(path))
    #expect(reader.description.shape.frames == count)
    let layout = try #require(reader.layout())
    let frames = try #require(FrameRange(start: count - 1, end: count))
    let stack = try #require(MappedStack(file: reader.file, layout: layout, frames: frames))
    let value = try stack.withBand(rows: 1..<2, frames: 0..<1, scratch: BandScratch()) {
      (samples, _) throws(BlitzError) in samples[5]
    }
    #expect(value == 0x1234)
    // Cut in the middle of a plane: the whole planes that are there are read, and that is said.
    try handle.truncate(atOffset: UInt64(4096 + 3 * width * height * 2 + 7))
    let cut = try TIFFReader(path: FilePath(path)).description
    #expect(cut.shape.frames == 3)
    #expect(cut.notes.contains { $0.text.contains("700") })
  }
}
