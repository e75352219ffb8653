import BlitzTestSupport
import Foundation
import Testing

/// Where scripts/conformance has put the packages; nil in other runs.
private let packages = ProcessInfo.processInfo.environment["BLITZ_CONFORMANCE"]

/// Images that others have collected.
@Suite(.enabled(if: packages != nil)) struct ConformanceTests {
  /// All files below a folder of the packages, sorted.
  private static func files(_ place: String, _ wanted: (String) -> Bool = { _ in true }) -> [String]
  {
    guard let packages else { return [] }
    let top = packages + "/" + place
    let names = FileManager.default.enumerator(atPath: top)?.compactMap { $0 as? String } ?? []
    return names.filter(wanted).map { top + "/" + $0 }.sorted().filter {
      let facts = try? FileManager.default.attributesOfItem(atPath: $0)
      return facts?[.type] as? FileAttributeType == .typeRegular
    }
  }

  private static let go = "usr/share/go-1.19/src/image"
  private static let pixbuf = "usr/libexec/installed-tests/gdk-pixbuf"

  /// A run that may take two seconds of a processor; the time on the clock does not matter.
  private func run(_ arguments: [String], discards: Bool = false) throws -> CommandRun {
    try CommandRun(
      [
        "bash", "-c", "ulimit -t 2; exec \"$0\" \"$@\"" + (discards ? " > /dev/null" : ""),
        Built.blitz,
      ] + arguments,
      environment: environment())
  }

  @Test func picturesAreThoseOfTheirText() throws {
    let texts = Self.files(Self.go + "/png/testdata/pngsuite") { $0.hasSuffix(".sng") }
    #expect(texts.count >= 30)
    let copies = TemporaryFolder()
    for (number, text) in texts.enumerated() {
      let picture = try #require(
        PixelText(String(decoding: readFile(text), as: UTF8.self)), "\(text)")
      let copy = copies.file("\(number).npy")
      let file = text.dropLast(4) + ".png"
      let run = try run(["frame", String(file), "-n", "0", "--color", "-o", copy])
      #expect(run.ending == .exit(0), "\(file): \(run.errorText)")
      let array = try array(copy)
      // Some texts spell gray as three equal channels.
      let gray = array.shape.count == 2 ? picture.gray : nil
      let channels = gray == nil && picture.channels == 3 ? [3] : []
      #expect(array.shape == [picture.rows, picture.columns] + channels, "\(file)")
      #expect(array.values == gray ?? picture.samples, "\(file)")
    }
  }

  @Test func invalidPicturesAreRefusedOrDamaged() throws {
    for file in Self.files(Self.go + "/png/testdata", { $0.hasPrefix("invalid-") }) {
      let run = try run(["frame", file, "-n", "0", "-o", "-"])
      // Without its last chunk alone, with a byte too few behind the last row, or with an index that no
      // palette has, the picture is whole: Pillow shows these too.
      let isWhole = ["noend", "trunc", "palette"].contains { file.contains($0) }
      let endings: [Ending] = isWhole ? [.exit(0), .exit(3)] : [.exit(1), .exit(3)]
      #expect(endings.contains(run.ending), "\(file): \(run.ending)")
    }
  }

  private static let everything =
    files(go) { $0.contains("testdata") } + files(pixbuf) { $0.contains(".") }

  @Test func thereAreFiles() { #expect(Self.everything.count >= 200) }

  @Test(arguments: everything) func noFileCrashesOrKeepsBusy(_ file: String) throws {
    let run = try run(["frame", file, "-n", "0", "--max-ram", "256M", "-o", "-"], discards: true)
    #expect(
      [.exit(0), .exit(1), .exit(2), .exit(3)].contains(run.ending), "\(run.ending)")
    #expect(run.ending == .exit(0) || run.errorText.contains("blitz: "))
  }
}
