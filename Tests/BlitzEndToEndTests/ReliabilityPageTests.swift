import BlitzTestSupport
import Foundation
import Testing

/// docs/reliability.md leaves no threat out, and what it and the README promise names tests that exist.
@Suite struct ReliabilityPageTests {
  private let page = Self.text("docs/reliability.md")

  private static func text(_ name: String) -> String {
    String(decoding: readFile(Built.checkout + "/" + name), as: UTF8.self)
  }

  /// All test sources as one text for each suite's name.
  private func sources() throws -> [String] {
    try ["Tests", "Fuzz/Sources"].flatMap { folder in
      let root = Built.checkout + "/" + folder
      return try FileManager.default.subpathsOfDirectory(atPath: root)
        .filter { $0.hasSuffix(".swift") }
        .map { String(decoding: readFile(root + "/" + $0), as: UTF8.self) }
    }
  }

  @Test func everyThreatHasItsRow() {
    let rows = page.matches(of: /(?m)^\| (\d+) \|/).compactMap { Int($0.1) }
    #expect(rows == Array(1...44))
  }

  @Test func everyTestNamedExists() throws {
    let sources = try sources()
    let names = (page + Self.text("README.md")).matches(of: /`([A-Z]\w+)\/(\w+)`/).map {
      (suite: $0.1, test: $0.2)
    }
    #expect(names.count > 80)
    for (suite, test) in names {
      let isThere = sources.contains { source in
        source.contains("func \(test)(")
          && ["struct \(suite) ", "struct \(suite):", "enum \(suite) ", "class \(suite)"]
            .contains { source.contains($0) }
      }
      #expect(isThere, "\(suite)/\(test)")
    }
  }

  @Test func everyFuzzTargetNamedExists() throws {
    let targets = try sources().joined().matches(of: /name: "([a-z-]+)"/).map { String($0.1) }
    for match in page.matches(of: /fuzz targets? ([a-z, -]+?)(?=\s*[|;`]| and [A-Z])/) {
      for name in match.1.split(whereSeparator: { $0 == "," || $0 == " " }) where name != "and" {
        #expect(targets.contains(String(name)), "\(name)")
      }
    }
  }
}
