import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

@testable import BlitzIO

@Suite struct NumPyReaderTests {
  @Test("describes what NumPy stored", arguments: NumPyArray.all)
  func describes(array: NumPyArray) throws {
    let folder = TemporaryFolder()
    let reader = try NumPyReader(path: folder.write(array.file, to: "a.npy"))
    let shape = reader.description.shape
    #expect([shape.frames, shape.rows, shape.columns, shape.channels] == array.extents)
    #expect(reader.description.framesExact)
    #expect(reader.excessByteCount == 0)
  }

  @Test func theTableOfArraysIsThere() { #expect(NumPyArray.all.count > 50) }

  @Test func lengthsOfDataThatLie() throws {
    let folder = TemporaryFolder()
    let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3, 5), }\n"
    func open(_ count: Int) throws -> NumPyReader {
      try NumPyReader(path: folder.write(numPyFile(text, data: count), to: "a.npy"))
    }
    #expect(try open(60).excessByteCount == 0)
    #expect(try open(67).excessByteCount == 7)
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
    #expect(throws: BlitzError.self) { try NumPyReader(path: path) }
  }

  @Test func whatIsNoRegularFileIsRefusedAtOnce() throws {
    let folder = TemporaryFolder()
    let fifo = folder.file("fifo.npy")
    #expect(unsafe mkfifo(fifo, 0o600) == 0)
    for path in [fifo, folder.path, "/dev/zero", folder.file("absent.npy")] {
      let error = #expect(throws: BlitzError.self) { try NumPyReader(path: path) }
      #expect(error?.kind == .missingInput)
    }
    let empty = folder.write([], to: "empty.npy")
    #expect(throws: BlitzError.self) { try NumPyReader(path: empty) }
  }

  @Test func openingTwoHundredGigabytesReadsAPageOrTwo() throws {
    let folder = TemporaryFolder()
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (48829, 1024, 1024)}"
    let path = folder.write(numPyFile(text), to: "huge.npy")
    let length = numPyFile(text).count + 48829 * 1024 * 1024 * 4
    try #require(unsafe truncate(path, length) == 0)
    let before = try residentBytes()
    let reader = try NumPyReader(path: path)
    let frame = DecodedFrame()
    #expect(try reader.decode(48828, color: false, into: frame) == .complete)
    #expect(reader.description.shape.sampleCount * 4 > 200_000_000_000)
    #expect(try residentBytes() - before < 64 << 20)
  }

  /// Resident memory of this process, the pages of mapped files included.
  private func residentBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
    return try #require(Int(line.filter(\.isNumber))) << 10
  }
}
