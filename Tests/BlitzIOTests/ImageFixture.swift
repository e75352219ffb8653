@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Foundation
import Testing

/// An image that `Fixtures/Images/make_images.py` wrote.
struct ImageFixture: CustomTestStringConvertible {
  let name: String
  let isDamaged: Bool
  let leastWarnings: Int

  var testDescription: String { name }

  static let all: [ImageFixture] = {
    let rows = (try? fixtureRows("Images/index.txt")) ?? []
    return rows.filter { $0.count >= 2 }.map { row in
      ImageFixture(
        name: row[0], isDamaged: row[1] == "damaged",
        leastWarnings: row.count > 2 ? Int(row[2]) ?? 0 : 0)
    }
  }()

  static func named(_ suffix: String, damaged: Bool) -> [ImageFixture] {
    all.filter { $0.name.hasSuffix(suffix) && $0.isDamaged == damaged }
  }

  static func url(_ name: String) throws -> URL {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    return folder.appending(path: "Images/\(name)")
  }

  static func path(_ name: String) throws -> FilePath {
    FilePath(try url(name).path(percentEncoded: false))
  }

  static func golden(_ name: String) throws -> GoldenArray {
    try GoldenArray(contentsOf: url(name + ".npy"))
  }

  func golden() throws -> GoldenArray { try Self.golden(name) }

  /// Decodes the file and converts what came out, channels as delivered.
  func decode(_ request: DecodeRequest) throws -> (
    condition: FrameCondition, frame: DecodedFrame, samples: [Float]
  ) {
    let frame = DecodedFrame()
    let condition = try ImageFile.decode(try Self.path(name), request, into: frame)
    return (condition, frame, frame.samples())
  }
}
