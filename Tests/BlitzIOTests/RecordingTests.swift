@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct RecordingTests {
  private func lastParts(_ skipped: [SkippedInput]) -> [String] {
    skipped.map { String($0.path.text.split(separator: "/").last ?? "") }
  }

  @Test func aFolderIsDescribedByItsImages() throws {
    let images = ImageFolderFixture(frames: 12)
    let recording = try images.open()
    #expect(recording.path == images.folder.path)
    #expect(recording.description.format == "png")
    #expect(recording.description.shape == StackShape(frames: 12, rows: 2, columns: 3))
    #expect(recording.description.sampleType == .u8)
    #expect(recording.description.framesExact)
    #expect(recording.skipped.isEmpty)
    #expect(recording.verified().description == recording.description)
  }

  @Test func oneImageIsAStackOfOneFrame() throws {
    let recording = try Recording.open(
      try ImageFixture.path("rgb16.png").description, options: LoadOptions())
    #expect(
      recording.description.shape == StackShape(frames: 1, rows: 11, columns: 13, channels: 3))
    #expect(recording.description.sampleType == .u16)
  }

  @Test func contentDecidesNotTheName() throws {
    let images = ImageFolderFixture(frames: 0)
    images.folder.write(try fixture("Images/gray.jpg"), to: "a.png")
    #expect(try images.open().description.shape == StackShape(frames: 1, rows: 35, columns: 45))
    let file = images.folder.write(try fixture("Images/gray8.png"), to: "no-extension")
    let recording = try Recording.open(file, options: LoadOptions())
    #expect(recording.description.format == "png")
  }

  @Test func verifyingLeavesOutOtherSizesAndUnreadableHeaders() throws {
    let images = ImageFolderFixture(frames: 5)
    images.add("0.png", 0, rows: 4, columns: 4)
    images.folder.write([1, 2, 3], to: "2.png")
    let recording = try images.open()
    #expect(recording.description.shape == StackShape(frames: 5, rows: 2, columns: 3))
    let verified = recording.verified()
    #expect(verified.description.shape == StackShape(frames: 3, rows: 2, columns: 3))
    #expect(lastParts(verified.skipped) == ["0.png", "2.png"])
    #expect(
      verified.skipped.map(\.reason.text) == ["other size: 4x4, not 3x2", "not an image"])
  }

  @Test func anOddFirstImageDoesNotDecide() throws {
    let images = ImageFolderFixture(frames: 40)
    images.add("0.png", 0, rows: 9, columns: 9)
    #expect(try images.open().description.shape.rows == 2)
  }

  @Test func equalNumbersOfSizesTakeTheFirst() throws {
    let images = ImageFolderFixture(frames: 4)
    images.add("1.png", 1, rows: 1, columns: 1)
    images.add("3.png", 3, rows: 1, columns: 1)
    #expect(try images.open().verified().description.shape.rows == 2)
  }

  @Test func mixedSizesCanBeCutOrRefused() throws {
    let images = ImageFolderFixture(frames: 3)
    images.add("1.png", 1, rows: 5, columns: 2)
    var options = LoadOptions()
    options.mixed = .crop
    let cut = try images.open(options)
    #expect(cut.description.shape == StackShape(frames: 3, rows: 2, columns: 2))
    #expect(cut.skipped.isEmpty)
    options.mixed = .error
    let error = #expect(throws: BlitzError.self) { try images.open(options) }
    #expect(error?.reason.text == "other size: 2x5, not 3x2")
  }

  @Test func unreadableFoldersSayWhy() throws {
    let images = ImageFolderFixture(frames: 0)
    images.folder.write([], to: "a.png")
    images.folder.write([7], to: "b.png")
    let error = #expect(throws: BlitzError.self) { try images.open() }
    #expect(error?.kind == .damagedInput)
    #expect(error?.hint?.text.contains("empty file") == true)
  }

  @Test func whatIsNoRecordingIsRefused() throws {
    let folder = TemporaryFolder()
    let text = folder.write(Array("hello".utf8), to: "notes.txt")
    let unknown = #expect(throws: BlitzError.self) {
      try Recording.open(text, options: LoadOptions())
    }
    #expect(unknown?.kind == .unsupported)
    #expect(unknown?.hint?.text.contains("png") == true)
    let missing = #expect(throws: BlitzError.self) {
      try Recording.open(folder.file("gone"), options: LoadOptions())
    }
    #expect(missing?.kind == .missingInput)
    let device = #expect(throws: BlitzError.self) {
      try Recording.open("/dev/null", options: LoadOptions())
    }
    #expect(device?.reason.text == "not a regular file")
  }
}
