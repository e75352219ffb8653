import BlitzCore
import Foundation
import Testing

@testable import BlitzIO

@Suite struct MovieWriterTests {
  private let target = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).mp4")
  private var path: FilePath { FilePath(target.path) }

  /// A frame of a slowly moving ramp, the same in every channel.
  private func frame(_ t: Int, rows: Int, columns: Int, channels: Int) -> [UInt8] {
    (0..<rows * columns).flatMap { i in
      let level = 20 + (3 * (i / columns) + 2 * (i % columns) + 4 * t) % 200
      return Array(repeating: UInt8(level), count: channels)
    }
  }

  private func write(_ frames: Int, rows: Int, columns: Int, channels: Int) throws {
    let rate = try #require(FrameRate(30_000, 1001))
    var writer = try MovieWriter(
      try AtomicOutput(path), rows: rows, columns: columns, channels: channels, rate: rate)
    for t in 0..<frames {
      try writer.write(frame(t, rows: rows, columns: columns, channels: channels).span)
    }
    try writer.commit()
  }

  @Test(arguments: [(48, 64, 1), (37, 53, 1), (37, 53, 3), (16, 17, 3)])
  func whatIsWrittenIsReadAgain(rows: Int, columns: Int, channels: Int) throws {
    defer { try? FileManager.default.removeItem(at: target) }
    try write(30, rows: rows, columns: columns, channels: channels)
    let reader = try VideoReader(path: path)
    let shape = reader.description.shape
    #expect(shape.frames == 30)
    #expect(reader.description.framesPerSecond == FrameRate(30_000, 1001))
    #expect(shape.rows == rows + rows % 2)
    #expect(shape.columns == columns + columns % 2)
    let decoded = DecodedFrame()
    for t in [0, 17, 29] {
      #expect(try reader.decode(t, color: false, into: decoded) == .complete)
      let values = decoded.values
      let expected = frame(t, rows: rows, columns: columns, channels: 1)
      var sum = 0.0
      for y in 0..<rows {
        for x in 0..<columns {
          sum += abs(values[y * shape.columns + x] - Double(expected[y * columns + x]))
        }
      }
      // What 219 codes of luma and a lossy codec leave; a wrong range or frame gives tens.
      #expect(sum / Double(rows * columns) < 3, "frame \(t)")
      #expect(abs(values[shape.columns - 1] - values[columns - 1]) < 8)
    }
  }

  @Test func anUnfinishedMovieLeavesNothing() throws {
    do {
      let rate = try #require(FrameRate(25))
      var writer = try MovieWriter(
        try AtomicOutput(path), rows: 16, columns: 16, channels: 1, rate: rate)
      try writer.write([UInt8](repeating: 9, count: 256).span)
    }
    #expect(!FileManager.default.fileExists(atPath: target.path))
  }

  @Test func aFullDeviceIsReported() throws {
    let rate = try #require(FrameRate(25))
    var noise = [UInt8](repeating: 0, count: 4096)
    let error = #expect(throws: BlitzError.self) {
      var writer = try MovieWriter(
        try AtomicOutput(FilePath("/dev/full")), rows: 64, columns: 64, channels: 1, rate: rate)
      for t in 0..<200 {
        for i in noise.indices { noise[i] = UInt8(truncatingIfNeeded: i &* 7919 &+ t &* i) }
        try writer.write(noise.span)
      }
      try writer.commit()
    }
    #expect(error?.kind == .system)
  }

  @Test func extentsThatNoCodecTakesAreRefused() throws {
    let rate = try #require(FrameRate(25))
    #expect(throws: BlitzError.self) {
      _ = try MovieWriter(
        try AtomicOutput(path), rows: 20_000, columns: 16, channels: 1, rate: rate)
    }
    #expect(!FileManager.default.fileExists(atPath: target.path))
  }
}
