import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzIO

@Suite struct RecordingFilesTests {
  @Test func filesStandInTheirOrderWithWhatIsWrongBetween() throws {
    let images = ImageFolderFixture(frames: 11)
    images.add("5b.png", 0, rows: 3)
    images.folder.write([1, 2, 3], to: "9x.png")
    let recording = try images.open().verified()
    let damaged = SkippedInput(
      file: FilePath(images.folder.file("3.png")), reason: "IDAT is short")
    let files = recording.files(damaged: [damaged])
    let names = files.map { String(decoding: $0.name, as: UTF8.self) }
    #expect(
      names == [
        "0.png", "1.png", "2.png", "3.png", "4.png", "5.png", "5b.png", "6.png", "7.png", "8.png",
        "9.png", "9x.png", "10.png",
      ])
    #expect(files.map(\.frame) == [0, 1, 2, 3, 4, 5, nil, 6, 7, 8, 9, nil, 10])
    #expect(files.filter { $0.fault != nil }.map(\.frame) == [3, nil, nil])
    #expect(files[3].fault?.text == "IDAT is short")
    #expect(files[6].fault?.text.hasPrefix("other size: ") == true)
  }

  @Test func oneFileHoldsAllFrames() throws {
    let recording = try Recording.open(
      try ImageFixture.path("gray8.png").description, options: LoadOptions())
    let files = recording.files(damaged: [])
    #expect(files.count == 1 && files[0].frame == 0 && files[0].fault == nil)
    #expect(String(decoding: files[0].name, as: UTF8.self) == "gray8.png")
  }
}
