@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

@Suite struct PNGWriterTests {
  private let folder = TemporaryFolder()

  private func output() throws -> AtomicOutput { try AtomicOutput(path, force: true) }

  private var path: FilePath { FilePath(folder.file("out.png")) }

  /// What our reader, itself held to other decoders, makes of the written file.
  private func readBack() throws -> (header: ImageHeader, samples: [Float]) {
    let frame = DecodedFrame()
    #expect(try ImageFile.decode(path, DecodeRequest(color: true), into: frame) == .complete)
    return (try ImageFile.header(path, scratch: FileBytes()), frame.samples())
  }

  @Test(arguments: [(1, 1, 1), (3, 7, 1), (5, 2, 3), (64, 33, 3)])
  func codesComeBack(rows: Int, columns: Int, channels: Int) throws {
    var random = SeededRandom(seed: 4)
    let count = rows * columns * channels
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    try PNGWriter.write(
      bytes.span, rows: rows, columns: columns, channels: channels, to: output())
    let small = try readBack()
    #expect(
      small.header
        == ImageHeader(rows: rows, columns: columns, channels: channels, type: .u8))
    #expect(small.samples == bytes.map { Float($0) })
    let words = (0..<count).map { _ in UInt16.random(in: 0...65_535, using: &random) }
    try PNGWriter.write(
      words.span, rows: rows, columns: columns, channels: channels, to: output())
    let deep = try readBack()
    #expect(deep.header.type == .u16)
    #expect(deep.samples == words.map { Float($0) })
  }

  @Test func failuresAreReportedAndLeaveNothing() throws {
    let bytes = [UInt8](repeating: 0, count: 6)
    let full = #expect(throws: BlitzError.self) {
      try PNGWriter.write(
        bytes.span, rows: 2, columns: 3, channels: 1, to: AtomicOutput(FilePath("/dev/full")))
    }
    #expect(full?.kind == .system)
    #expect(full?.reason.text.contains("No space left") == true)
    let channels = #expect(throws: BlitzError.self) {
      try PNGWriter.write(bytes.span, rows: 1, columns: 3, channels: 2, to: output())
    }
    #expect(channels?.kind == .unsupported)
    #expect(try FolderListing.names(folder.path) == [])
  }
}
