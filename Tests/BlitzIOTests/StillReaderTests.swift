import BlitzCore
import Foundation
import Testing

@testable import BlitzIO

/// A picture of Fixtures/Stills and its samples by other decoders; see make_stills.py.
struct StillGolden: CustomTestStringConvertible, Sendable {
  let name: String
  let rows, columns, channels: Int
  let tolerance: Double
  let samples: [Double]

  var testDescription: String { name }
  var path: FilePath { Self.path(name) }

  static func path(_ name: String) -> FilePath {
    let folder = Bundle.module.url(forResource: "Fixtures", withExtension: nil)
    return FilePath(folder.map { $0.appending(path: "Stills/\(name)").path } ?? name)
  }

  static let all: [StillGolden] = {
    let text = try? String(contentsOfFile: path("stills.txt").description, encoding: .utf8)
    return (text ?? "").split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Double($0) }
      return StillGolden(
        name: String(words[0]), rows: Int(numbers[0]), columns: Int(numbers[1]),
        channels: Int(numbers[2]), tolerance: numbers[3], samples: Array(numbers[4...]))
    }
  }()
}

@Suite struct StillReaderTests {
  @Test(arguments: StillGolden.all)
  func pixelsAreThoseOfOtherDecoders(_ golden: StillGolden) throws {
    let frame = DecodedFrame()
    let header = try ImageFile.header(golden.path, scratch: FileBytes())
    #expect(header.rows == golden.rows)
    #expect(header.columns == golden.columns)
    #expect(header.channels == golden.channels)
    let request = DecodeRequest(color: true)
    #expect(try ImageFile.decode(golden.path, request, into: frame) == .complete)
    #expect(frame.rows == golden.rows)
    #expect(frame.channels == golden.channels)
    let values = frame.samples().map { Double($0) }
    #expect(values.count == golden.samples.count)
    for (i, expected) in golden.samples.enumerated() {
      #expect(abs(values[i] - expected) <= golden.tolerance, "sample \(i)")
    }
  }

  @Test func grayOfALossyWebPIsItsLuma() throws {
    let golden = try #require(StillGolden.all.first { $0.name == "lossy.webp" })
    let frame = DecodedFrame()
    #expect(try ImageFile.decode(golden.path, DecodeRequest(), into: frame) == .complete)
    #expect(frame.channels == 1)
    for (i, value) in frame.values.enumerated() {
      #expect(abs(value - golden.samples[3 * i + 1]) <= 2)
    }
  }

  @Test(arguments: StillGolden.all)
  func shortFilesAreDamagedOrRefused(_ golden: StillGolden) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: golden.path.description)))
    let frame = DecodedFrame()
    for length in 0..<bytes.count where length % 7 == 0 || bytes.count - length < 3 {
      let head = Array(bytes[..<length])
      let codec = try #require(StackFormat.detect(bytes.span, name: golden.path)?.codec)
      let condition = codec.decode(head.span, DecodeRequest(color: true), frame)
      // Text may lose its last digits and still be whole.
      if golden.name.firstMatch(of: /^p[123]/) != nil && bytes.count - length < 4 {
        #expect(condition != .pending)
      } else {
        #expect(condition == .damaged, "\(length) of \(bytes.count) bytes")
        #expect(frame.report.problem != nil)
      }
    }
  }

  @Test(arguments: [
    "P5 0 5 255\n", "P5 5 0 255\n", "P5 5 5 0\n", "P5 99999999999999999999 5 255\n",
    "P5 65536 65537 255\n", "P5 5 5 65536\n", "P5 -5 5 255\n", "P5 5 5\n", "P5 # no end", "P7 5 5",
    "P2 2 2 9 1 2 3 10", "P2 2 1 9 1 x", "P1 3 1 0 1 2", "P6 65535 65535 65535\n ",
  ])
  func netpbmThatMakesNoSenseIsRefused(_ text: String) {
    let bytes = Array(text.utf8)
    let frame = DecodedFrame()
    #expect(PNMReader.codec.decode(bytes.span, DecodeRequest(), frame) == .damaged)
    #expect(frame.report.problem != nil)
  }

  @Test func headersOfExtremeSizeAreRefused() {
    var bmp = [UInt8](repeating: 0, count: 64)
    bmp[14] = 40
    for (width, height) in [(UInt32.max, UInt32(1)), (1, 0x8000_0000), (0, 5), (70_000, 1)] {
      for k in 0..<4 {
        bmp[18 + k] = UInt8(truncatingIfNeeded: width >> (8 * k))
        bmp[22 + k] = UInt8(truncatingIfNeeded: height >> (8 * k))
      }
      #expect(throws: ImageProblem.self) { try BMPHeader.read(bmp.span) }
    }
  }
}
