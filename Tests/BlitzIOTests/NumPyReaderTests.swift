import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

@testable import BlitzIO

@Suite struct NumPyReaderTests {
  @Test("describes what NumPy stored", arguments: NumPyArray.all)
  func describes(array: NumPyArray) throws {
    let folder = TemporaryFolder()
    let reader = try NumPyReader(path: FilePath(folder.write(array.file, to: "a.npy")))
    let shape = reader.description.shape
    #expect([shape.frames, shape.rows, shape.columns, shape.channels] == array.extents)
    #expect(reader.description.framesExact)
    #expect(reader.description.notes.isEmpty)
  }

  @Test func digitsBeyondThoseOfFloatAreNoted() throws {
    let folder = TemporaryFolder()
    let text = "{'descr': '<i4', 'fortran_order': False, 'shape': (3, 1, 2), }\n"
    let codes: [Int32] = [1 << 24, 5, -16_777_217, 7, .min, .max]
    let file =
      numPyFile(text.padded(to: 118))
      + codes.flatMap { code in
        (0..<4).map { UInt8(truncatingIfNeeded: code >> ($0 * 8)) }
      }
    let path = FilePath(folder.write(file, to: "a.npy"))
    let recording = try Recording.open(path, options: LoadOptions())
    #expect(recording.description.notes.map(\.text).joined().hasPrefix("2 of 6 samples"))
  }

  @Test func theTableOfArraysIsThere() { #expect(NumPyArray.all.count > 50) }

  @Test func lengthsOfDataThatLie() throws {
    let folder = TemporaryFolder()
    let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3, 5), }\n"
    func open(_ count: Int) throws -> NumPyReader {
      try NumPyReader(path: FilePath(folder.write(numPyFile(text, data: count), to: "a.npy")))
    }
    #expect(try open(60).description.notes.isEmpty)
    #expect(try open(67).description.notes.first?.text.hasPrefix("7 bytes") == true)
    for count in [0, 1, 59] {
      let error = #expect(throws: BlitzError.self) { try open(count) }
      #expect(error?.kind == .damagedInput)
      #expect(error?.reason.text.contains("\(count) bytes of 60") == true)
    }
  }

  @Test(
    "extents that are no stack are refused",
    arguments: [
      "()", "(6,)", "(0, 3)", "(2, 0, 3)", "(2, 3, 5, 2)", "(2, 3, 5, 5)", "(1, 1, 2, 3, 1)",
      "(1, 70000)", "(20000000, 1, 1)", "(4294967296, 4294967296, 4)",
      "(9223372036854775807, 1, 1)", "(1, 9223372036854775807, 9223372036854775807)",
    ])
  func extents(_ shape: String) throws {
    let folder = TemporaryFolder()
    let text = "{'descr': '|u1', 'fortran_order': False, 'shape': \(shape)}"
    let path = folder.write(numPyFile(text, data: 100_000), to: "a.npy")
    #expect(throws: BlitzError.self) { try NumPyReader(path: FilePath(path)) }
  }

  @Test func whatIsNoRegularFileIsRefusedAtOnce() throws {
    let folder = TemporaryFolder()
    let fifo = folder.file("fifo.npy")
    #expect(unsafe mkfifo(fifo, 0o600) == 0)
    for path in [fifo, folder.path, "/dev/zero", folder.file("absent.npy")] {
      let error = #expect(throws: BlitzError.self) { try NumPyReader(path: FilePath(path)) }
      #expect(error?.kind == .missingInput)
    }
    let empty = folder.write([], to: "empty.npy")
    #expect(throws: BlitzError.self) { try NumPyReader(path: FilePath(empty)) }
  }

  @Test func openingTwoHundredGigabytesReadsAPageOrTwo() throws {
    let folder = TemporaryFolder()
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (48829, 1024, 1024)}"
    let path = folder.write(numPyFile(text), to: "huge.npy")
    let length = numPyFile(text).count + 48829 * 1024 * 1024 * 4
    try #require(unsafe truncate(path, length) == 0)
    let reader = try NumPyReader(path: FilePath(path))
    let frame = DecodedFrame()
    #expect(try reader.decode(48828, color: false, into: frame) == .complete)
    #expect(reader.description.shape.sampleCount * 4 > 200_000_000_000)
    let resident = try withExtendedLifetime(reader) { try residentBytes(of: path) }
    #expect(resident < 64 << 20)
  }

  /// Resident memory of the maps of one file.
  private func residentBytes(of path: String) throws -> Int {
    let maps = String(decoding: readFile("/proc/self/smaps"), as: UTF8.self)
    let lines = maps.split(separator: "\n")
    let heads = lines.indices.filter { lines[$0].contains(path) }
    try #require(!heads.isEmpty)
    return try heads.reduce(0) { sum, head in
      let line = try #require(lines[head...].first { $0.hasPrefix("Rss:") })
      return sum + (Int(line.filter(\.isNumber)) ?? 0) << 10
    }
  }
}
