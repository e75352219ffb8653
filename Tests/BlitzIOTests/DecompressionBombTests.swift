@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

/// Small files that claim enormous images: refused or damaged, before the memory is touched.
@Suite struct DecompressionBombTests {
  /// A name and the bytes of a file.
  private struct Bomb {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
  }

  /// A fixture with some bytes written over.
  private static func changed(_ name: String, _ place: Int, _ bytes: [UInt8]) throws -> [UInt8] {
    var file = try fixture(name)
    file.replaceSubrange(place..<place + bytes.count, with: bytes)
    return file
  }

  /// A number of `size` bytes, least significant first.
  private static func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func png(_ edge: Int) throws -> [UInt8] {
    let extent = Array(little(edge, 4).reversed())
    var file = try changed("Images/gray8.png", 16, extent + extent)
    PNGFile.mendCheckSums(&file)
    return file
  }

  private static func jpeg(_ name: String, _ edge: Int) throws -> [UInt8] {
    let file = try fixture("Images/" + name)
    let frame = try #require(
      file.indices.first { file[$0] == 0xFF && [0xC0, 0xC2].contains(file[$0 + 1]) })
    let extent = Array(little(edge, 2).reversed())
    return try changed("Images/" + name, frame + 5, extent + extent)
  }

  private static func tiff(_ edge: Int, strips: Int, compression: Int) -> [UInt8] {
    var builder = TIFFBuilder()
    builder.page([
      (256, [edge]), (257, [edge]), (258, [8]), (259, [compression]), (262, [1]),
      (273, Array(repeating: 8, count: strips)), (277, [1]), (278, [max(edge / strips, 1)]),
      (279, Array(repeating: 16, count: strips)),
    ])
    return builder.bytes
  }

  private static func bombs() throws -> [Bomb] {
    try [
      Bomb("wide.png", png(100_000)), Bomb("large.png", png(32_767)),
      Bomb("wide.jpg", jpeg("gray.jpg", 65_500)), Bomb("large.jpg", jpeg("gray.jpg", 32_000)),
      Bomb("progressive.jpg", jpeg("colour-progressive.jpg", 18_000)),
      Bomb("strips.tif", tiff(32_000, strips: 1_000_000, compression: 1)),
      Bomb("large.tif", tiff(32_000, strips: 1, compression: 5)),
      Bomb("wide.tif", tiff(1 << 30, strips: 1, compression: 1)),
      Bomb("large.bmp", changed("Stills/gray8.bmp", 18, little(30_000, 4) + little(30_000, 4))),
      Bomb("large.webp", changed("Stills/lossy.webp", 26, [0xFF, 0x3F, 0xFF, 0x3F])),
      Bomb("large.pgm", Array("P5 32000 32000 255 ".utf8)),
      Bomb("text.pgm", Array("P2 32000 32000 255 1 2".utf8)),
      Bomb(
        "large.npy",
        numPyFile(
          "{'descr': '<u2', 'fortran_order': False, "
            + "'shape': (16777216, 65536, 65536), }\n", data: 64)),
      Bomb(
        "wraps.npy",
        numPyFile(
          "{'descr': '<u2', 'fortran_order': False, "
            + "'shape': (4294967296, 4294967296, 1), }\n", data: 64)),
    ]
  }

  /// Bytes of memory that were resident at the most so far.
  private static func peak() -> Int {
    let status = String(decoding: readFile("/proc/self/status"), as: UTF8.self)
    return (status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) } ?? 0) << 10
  }

  /// Opens a bomb and decodes its first frame; true when it gives a sound one.
  private static func isDecoded(_ path: String) -> Bool {
    guard let recording = try? Recording.open(FilePath(path), options: LoadOptions()),
      let condition = try? recording.reader.decode(0, color: false, into: DecodedFrame())
    else { return false }
    return condition == .complete
  }

  @Test func theyCostNeitherMemoryNorTime() async {
    // In a process of its own, whose memory is nobody else's.
    await #expect(processExitsWith: .success) {
      let folder = TemporaryFolder()
      let bombs = try DecompressionBombTests.bombs()
      // What opening the codecs takes is no bomb's doing.
      for name in ["gray8.bmp", "lossy.webp"] {
        try #require(
          DecompressionBombTests.isDecoded(folder.file(name, try fixture("Stills/" + name))))
      }
      var slowest = (time: Duration.zero, name: "")
      for bomb in bombs {
        let path = folder.file(bomb.name, bomb.bytes)
        let (before, start) = (DecompressionBombTests.peak(), ContinuousClock.now)
        try #require(!DecompressionBombTests.isDecoded(path), "\(bomb.name)")
        let time = ContinuousClock.now - start
        if time > slowest.time { slowest = (time, bomb.name) }
        let growth = DecompressionBombTests.peak() - before
        try #require(growth < 64 << 20, "\(bomb.name) took \(growth >> 20) MiB")
      }
      let milliseconds = slowest.time / .milliseconds(1)
      Repetitions.report(
        "bombs refused, slowest of \(bombs.count)", "\(Int(milliseconds)) ms (\(slowest.name))")
    }
  }
}
