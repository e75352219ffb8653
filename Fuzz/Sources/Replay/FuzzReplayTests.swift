import BlitzTestSupport
import Foundation
import Testing

/// Inputs that broke a parser once, and the seeds of its fuzz target, without a fuzzer.
@Suite struct FuzzReplayTests {
  private static let folder = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// The content of every file of a folder, by name; none when it does not exist.
  private func files(_ path: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = Self.folder.appending(path: path)
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      (name, [UInt8](try Data(contentsOf: folder.appending(path: name))))
    }
  }

  @Test(arguments: FuzzTarget.all) func crashersStayFixed(target: FuzzTarget) throws {
    for (name, bytes) in try files("Crashers/\(target.name)") {
      #expect(throws: Never.self, "\(name)") { try target.run(bytes) }
    }
  }

  /// What a run of the fuzzer begins with.
  private func seeds(_ target: FuzzTarget) throws -> [[UInt8]] {
    var inputs = target.texts.map { text in
      text.unicodeScalars.allSatisfy { $0.value < 256 }
        ? text.unicodeScalars.map { UInt8($0.value) } : Array(text.utf8)
    }
    if let (folder, endings) = target.files {
      for file in try files("../Tests/BlitzIOTests/Fixtures/\(folder)")
      where endings.contains(where: { file.name.hasSuffix($0) }) { inputs.append(file.bytes) }
    }
    return inputs
  }

  @Test(arguments: FuzzTarget.all) func seedsHold(target: FuzzTarget) throws {
    let inputs = try seeds(target)
    #expect(!inputs.isEmpty)
    for bytes in inputs { #expect(throws: Never.self) { try target.run(bytes) } }
  }

  /// Without a fuzzer: changed seeds, always the same, many more in the long form.
  @Test(arguments: FuzzTarget.all) func changedSeedsHold(target: FuzzTarget) throws {
    let seeds =
      try seeds(target) + files("Crashers/\(target.name)").map(\.bytes)
    let rounds = Repetitions.count(short: target.rounds, long: target.rounds * 100)
    for round in 0..<rounds {
      var change = SeedChange(round)
      let input = change.applied(to: seeds[round % seeds.count], longest: target.longest)
      // One expectation for each would cost more than most targets do.
      do { try target.run(input) } catch { Issue.record("round \(round): \(error)") }
    }
  }

  @Test func everyCrasherBelongsToATarget() throws {
    let folder = Self.folder.appending(path: "Crashers").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(names).subtracting(FuzzTarget.all.map(\.name)) == ["README.md"])
  }

  /// A target that finds nothing must be able to: broken promises are noticed.
  @Test func aViolationIsThrown() {
    #expect(throws: FuzzTarget.Violation.self) { try require(false, "said so") }
  }
}

extension FuzzTarget: CustomTestStringConvertible {
  var testDescription: String { name }

  /// Changed seeds in a test run: fewer where one takes a whole decoder.
  fileprivate var rounds: Int {
    switch name {
    case "video": 60
    case "webp": 500
    case "png", "jpeg", "bmp", "tiff-file", "viewer-keys": 500
    default: 2000
    }
  }
}
