import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzIO

/// Folders whose files hold more than one image.
@Suite struct FolderOfStacksTests {
  private let folder = TemporaryFolder()

  /// Files with as many pages of 2 x 3 samples as `pages` says.
  private func write(_ pages: [Int]) throws -> String {
    let path = folder.makeFolder("shot")
    for (number, count) in pages.enumerated() {
      let shape = try #require(StackShape(frames: count, rows: 2, columns: 3))
      var writer = try TIFFWriter(
        try AtomicOutput(FilePath("\(path)/\(number).tif")), shape: shape)
      for page in 0..<count {
        try writer.write([Float](repeating: Float(10 * number + page), count: 6).span)
      }
      try writer.commit()
    }
    return path
  }

  private func notes(_ recording: Recording) -> String {
    recording.description.notes.map(\.text).joined(separator: "\n")
  }

  @Test func theFirstPageIsReadAndItIsSaid() throws {
    let recording = try Recording.open(write([1, 3, 2]), options: LoadOptions())
    #expect(recording.description.shape.frames == 3)
    #expect(notes(recording).contains("several images"))
    #expect(notes(recording.verified()).contains("2 of 3 files"))
    let frame = DecodedFrame()
    #expect(try recording.reader.decode(1, color: false, into: frame) == .complete)
    #expect(frame.samples() == [Float](repeating: 10, count: 6))
  }

  @Test func foldersOfSinglePagesSayNothing() throws {
    let recording = try Recording.open(write([1, 1]), options: LoadOptions())
    #expect(notes(recording).isEmpty && notes(recording.verified()).isEmpty)
  }

  @Test func oneFileIsAStackAndSaysNothing() throws {
    let recording = try Recording.open(write([4]) + "/0.tif", options: LoadOptions())
    #expect(recording.description.shape.frames == 4 && notes(recording).isEmpty)
  }
}
