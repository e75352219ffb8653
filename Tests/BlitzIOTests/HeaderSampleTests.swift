@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

/// Files that never answer are met by `SlowDiskTests`, in the program itself.
@Suite struct HeaderSampleTests {
  private let recording = ImageFolderFixture(frames: 0)

  private func read(_ names: String...) -> [String] {
    let files = names.map { FilePath(recording.folder.file($0)) }
    return HeaderSample.read(files, patience: 30).map { result in
      switch result {
      case .success(let header): header.size
      case .failure(let error): error.reason.text
      }
    }
  }

  @Test func eachFileHasItsResultInItsPlace() {
    for size in 1...16 { recording.add("\(size).png", 0, rows: size, columns: 20 - size) }
    recording.folder.write([], to: "empty.png")
    #expect(
      read("3.png", "empty.png", "16.png", "1.png", "missing.png", "9.png")
        == ["17x3", "empty file", "4x16", "19x1", "no such file or folder", "11x9"])
  }

  @Test func noReadableFileIsNoReasonToWait() {
    recording.folder.write([], to: "empty.png")
    #expect(read("empty.png", "empty.png") == ["empty file", "empty file"])
    #expect(read().isEmpty)
  }
}
