import Glibc

/// `fuzz NAME [options of libFuzzer] FOLDER`, `fuzz list`, and `fuzz seed NAME FIXTURES FOLDER`.
private enum Fuzz {
  // Set once, before libFuzzer calls back on the same thread.
  nonisolated(unsafe) static var chosen: FuzzTarget?

  /// Does what the words ask for, and returns the target to run.
  static func start(_ words: [String]) -> FuzzTarget {
    switch (words.dropFirst().first, words.count) {
    case ("list", 2):
      for target in FuzzTarget.all { print(target.name) }
      exit(0)
    case ("seed", 5):
      seed(named(words[2]), fixtures: words[3], folder: words[4])
      exit(0)
    case (.some(let name), _): return named(name)
    case (nil, _): fail("give a target, or list")
    }
  }

  private static func named(_ name: String) -> FuzzTarget {
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
      fail("no target \(name); fuzz list names them")
    }
    return target
  }

  /// Writes what a run begins with.
  private static func seed(_ target: FuzzTarget, fixtures: String, folder: String) {
    for (number, text) in target.texts.enumerated() {
      // Scalars below 256 stand for bytes where all are, so that headers can be spelt as text.
      let isBytes = text.unicodeScalars.allSatisfy { $0.value < 256 }
      let bytes = isBytes ? text.unicodeScalars.map { UInt8($0.value) } : Array(text.utf8)
      write(bytes, to: "\(folder)/text-\(number)")
    }
    guard let files = target.files else { return }
    let source = "\(fixtures)/\(files.folder)"
    guard let entries = opendir(source) else { fail("no fixtures in \(source)") }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard files.endings.contains(where: { name.hasSuffix($0) }) else { continue }
      unlink("\(folder)/\(name)")
      symlink("\(source)/\(name)", "\(folder)/\(name)")
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { fail("cannot write \(path)") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  static func fail(_ text: String) -> Never {
    let line = Array("fuzz: \(text)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
    // libFuzzer takes an abort for a finding and keeps the input.
    abort()
  }
}

typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// libFuzzer's first call: the target's name is ours, and becomes the length it may make.
@_cdecl("LLVMFuzzerInitialize")
func initialize(count: UnsafeMutablePointer<Int32>, words: UnsafeMutablePointer<Words>) -> Int32 {
  let target = Fuzz.start(CommandLine.arguments)
  words.pointee[1] = strdup("-max_len=\(target.longest)")
  Fuzz.chosen = target
  return 0
}

/// libFuzzer's call for each input.
@_cdecl("LLVMFuzzerTestOneInput")
func runOne(bytes: UnsafePointer<UInt8>?, count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  do { try Fuzz.chosen?.run(input) } catch { Fuzz.fail("violated: \(error)") }
  return 0
}
