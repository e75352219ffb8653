import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

@testable import BlitzIO

@Suite struct TIFFPagesTests {
  private let plain: [(tag: Int, values: [Int])] = [
    (256, [3]), (257, [2]), (258, [8]), (259, [1]), (262, [1]), (273, [8]), (277, [1]), (278, [2]),
    (279, [6]),
  ]

  private func pages(_ bytes: [UInt8], limit: Int = TIFFPages.limit) throws -> TIFFPages {
    let folder = TemporaryFolder()
    let file = try MappedFile(path: FilePath(folder.file("a.tif", bytes)))
    return TIFFPages(try #require(TIFFBytes(file)), limit: limit)
  }

  @Test func circlesEnd() throws {
    for count in 1...4 {
      for target in 0..<count {
        var builder = TIFFBuilder()
        for _ in 0..<count { builder.page(plain) }
        builder.followLast(by: builder.directories[target])
        let pages = try pages(builder.bytes)
        #expect(pages.offsets == builder.directories)
        #expect(pages.note?.contains("circle") == true)
      }
    }
  }

  @Test func circlesBackwardEnd() throws {
    // Ascending, then down and up again without ever being sorted.
    var builder = TIFFBuilder()
    for _ in 0..<5 { builder.page(plain) }
    var bytes = builder.bytes
    let order = [0, 4, 1, 3, 2]
    for (from, to) in zip(order, order.dropFirst() + [4]) {
      let link = builder.directories[from] + 2 + 12 * plain.count
      for i in 0..<4 {
        bytes[link + i] = UInt8(truncatingIfNeeded: builder.directories[to] >> (8 * i))
      }
    }
    let pages = try pages(bytes)
    #expect(pages.offsets == order.map { builder.directories[$0] })
    #expect(pages.note?.contains("after 5 pages") == true)
  }

  @Test func chainsThatLeaveTheFileEnd() throws {
    for target in [1, 7, 1 << 20, 0xFFFF_FFFF] {
      var builder = TIFFBuilder()
      builder.page(plain)
      builder.followLast(by: target)
      let pages = try pages(builder.bytes)
      #expect(pages.offsets == builder.directories)
      #expect(pages.note?.contains("breaks") == true)
    }
  }

  @Test func manyPagesAreCounted() throws {
    var builder = TIFFBuilder()
    for _ in 0..<20_000 { builder.page([(256, [3])]) }
    #expect(try pages(builder.bytes).offsets.count == 20_000)
    let few = try pages(builder.bytes, limit: 10)
    #expect(few.offsets.count == 10)
    #expect(few.note == "only the first 10 pages are read")
  }

  @Test(
    "every start of a file is refused or read",
    arguments: [
      "u2-little", "big-big", "tiles", "planar-f4-lzw", "palette", "imagej-tzc", "jpeg-ycbcr",
      "lzw-u1", "packbits-u1", "deflate-f4-predictor",
    ])
  func truncated(name: String) throws {
    let folder = TemporaryFolder()
    let whole = try fixture("TIFF/\(name).tif")
    let frame = DecodedFrame()
    for part in 0..<64 {
      let path = folder.file("a.tif", Array(whole[..<(whole.count * part / 64)]))
      guard let reader = try? TIFFReader(path: FilePath(path)) else { continue }
      for index in 0..<reader.description.shape.frames {
        _ = try reader.decode(index, color: true, into: frame)
      }
      _ = reader.layout()
    }
  }

  @Test(
    "flipped bytes never crash",
    arguments: [
      "u2-little", "big-big", "tiles-lzw", "planar", "palette", "ome-tzc", "jpeg-gray", "bits-12",
      "lzw-u2-predictor", "packbits-u2", "min-is-white-u2", "imagej-one-page",
    ])
  func mutated(name: String) throws {
    let folder = TemporaryFolder()
    let whole = try fixture("TIFF/\(name).tif")
    var random = SeededRandom(seed: 11)
    let frame = DecodedFrame()
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let path = folder.file("a.tif", bytes)
      guard let reader = try? TIFFReader(path: FilePath(path)) else { continue }
      for index in 0..<min(reader.description.shape.frames, 8) {
        _ = try reader.decode(index, color: true, into: frame)
      }
      _ = reader.layout()
    }
  }

  @Test func sizesThatLieCostNoMemory() throws {
    let folder = TemporaryFolder()
    for (width, height, rows, samples) in [
      (65536, 65536, 1, 4), (65536, 16384, 65536, 4), (1 << 31, 1 << 31, 1, 1), (100_000, 1, 1, 1),
      (16384, 16384, 16384, 1),
    ] {
      var builder = TIFFBuilder()
      builder.page([
        (256, [width]), (257, [height]), (258, [8]), (259, [5]), (262, [1]), (273, [8]),
        (277, [samples]), (278, [rows]), (279, [0xFFFF_FFF0]),
      ])
      let path = folder.file("a.tif", builder.bytes)
      if let reader = try? TIFFReader(path: FilePath(path)) {
        #expect(reader.description.shape.frameSize <= ImageCodec.pixelLimit * 4)
      }
    }
  }

  @Test(
    "what is no TIFF is refused",
    arguments: [
      [], [0x49], [0x49, 0x49, 42, 0], [0x49, 0x4D, 42, 0, 8, 0, 0, 0],
      [0x49, 0x49, 43, 0, 8, 0, 0, 0], [0x49, 0x49, 42, 0, 0, 0, 0, 0],
      [0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0], [0x49, 0x49, 42, 0, 8, 0, 0, 0, 0xFF, 0xFF],
      [0x4D, 0x4D, 0, 43, 0, 8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ] as [[UInt8]])
  func refused(bytes: [UInt8]) throws {
    let folder = TemporaryFolder()
    let path = folder.file("a.tif", bytes)
    #expect(throws: BlitzError.self) { try TIFFReader(path: FilePath(path)) }
  }
}
