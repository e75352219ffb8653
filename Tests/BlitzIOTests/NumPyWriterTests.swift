import BlitzCore
import BlitzIO
import BlitzTestSupport
import Foundation
import Testing

@Suite struct NumPyWriterTests {
  private let folder = TemporaryFolder()

  private func write(_ shape: StackShape, isStack: Bool, _ samples: [Float]) throws -> GoldenArray {
    let path = folder.file("out.npy")
    var writer = try NumPyWriter(
      AtomicOutput(FilePath(path), force: true), shape: shape, isStack: isStack)
    for frame in 0..<shape.frames {
      let part = samples[frame * shape.frameSize..<(frame + 1) * shape.frameSize]
      try writer.write(Array(part).span)
    }
    try writer.commit()
    return try GoldenArray(contentsOf: URL(filePath: path))
  }

  @Test(arguments: [
    (1, 1, 1, 1, false, [1, 1]), (1, 3, 5, 1, false, [3, 5]), (1, 3, 5, 3, false, [3, 5, 3]),
    (1, 3, 5, 1, true, [1, 3, 5]), (7, 3, 5, 1, true, [7, 3, 5]), (2, 4, 1, 3, true, [2, 4, 1, 3]),
  ])
  func samplesAndExtentsComeBack(
    frames: Int, rows: Int, columns: Int, channels: Int, isStack: Bool, extents: [Int]
  ) throws {
    let shape = try #require(
      StackShape(frames: frames, rows: rows, columns: columns, channels: channels))
    let samples = TestSamples.uniform(seed: 2, count: shape.sampleCount, from: -1e6, to: 1e6)
    let written = try write(shape, isStack: isStack, samples)
    #expect(written.type == "f4")
    #expect(written.shape == extents)
    #expect(written.floats == samples)
    #expect((readFile(folder.file("out.npy")).count - shape.sampleCount * 4).isMultiple(of: 64))
  }

  @Test func specialValuesKeepTheirBits() throws {
    let samples: [Float] = [.nan, .infinity, -.infinity, -0.0]
    let shape = try #require(StackShape(frames: 1, rows: 2, columns: 2))
    let written = try write(shape, isStack: false, samples)
    #expect(written.floats.map(\.bitPattern) == samples.map(\.bitPattern))
  }

  @Test func aLargeFrameIsWrittenInParts() throws {
    let shape = try #require(StackShape(frames: 1, rows: 300, columns: 401))
    let samples = (0..<shape.sampleCount).map { Float($0) }
    #expect(try write(shape, isStack: false, samples).floats == samples)
  }
}
