import BlitzTestSupport
import Glibc
import Testing

/// Runs what docs/python.md shows, block after block in one folder, as a reader would.
@Suite struct PythonPageTests {
  /// The fenced blocks of a page with their language.
  private func blocks(_ page: String) -> [(language: Substring, text: String)] {
    page.matches(of: /```(sh|python)\n((?:[^`]|`(?!``))*)```/).map { ($0.1, String($0.2)) }
  }

  private static func has(_ module: String) -> Bool {
    let run = try? CommandRun(
      ["python3", "-c", "import \(module)"], environment: PythonPageTests.variables())
    return run?.ending == .exit(0)
  }

  /// The person's own Python, which may be an environment of theirs, and the program under test.
  private static func variables(_ folder: String = "/nonexistent") -> [String: String] {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    return environment(["PATH": folder + ":" + path, "MPLBACKEND": "Agg"])
  }

  @Test func everyBlockRuns() throws {
    guard Self.has("numpy") else {
      Issue.record("docs/python.md was not tried: python3 has no NumPy", severity: .warning)
      return
    }
    let recording = SampleRecording(frames: 20)
    _ = unsafe symlink(Built.blitz, recording.folder.file("blitz"))
    let page = String(decoding: readFile(Built.checkout + "/docs/python.md"), as: UTF8.self)
    let blocks = blocks(page)
    #expect(blocks.count >= 8)
    let hasPandas = Self.has("pandas") && Self.has("matplotlib")
    for block in blocks where hasPandas || !block.text.contains("pandas") {
      let command =
        block.language == "sh" ? ["bash", "-ec", block.text] : ["python3", "-c", block.text]
      let run = try CommandRun(
        command, environment: Self.variables(recording.folder.path), folder: recording.folder.path)
      #expect(run.ending == .exit(0), "\(block.text)\n\(run.errorText)")
    }
  }
}
