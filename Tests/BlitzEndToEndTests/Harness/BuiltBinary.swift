import Glibc

/// Where things are: the program under test and the checkout it came from.
enum Built {
  /// The program that was built with these tests, or `BLITZ_BINARY` from the environment.
  static let blitz: String = {
    if let named = unsafe getenv("BLITZ_BINARY") { return unsafe String(cString: named) }
    return folder(of: testProcess) + "/blitz"
  }()

  /// The top of the checkout.
  static let checkout = folder(of: folder(of: folder(of: folder(of: #filePath))))

  /// The build folder: the tests run from a bundle in it.
  private static let testProcess: String = {
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      if let end = argument.firstRange(of: ".xctest") { return String(argument[..<end.lowerBound]) }
    }
    return CommandLine.arguments.first ?? ""
  }()

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}

/// The environment of every program that a test starts: nothing leaks in from the person's shell.
func environment(_ changes: [String: String?] = [:]) -> [String: String] {
  var variables = ["HOME": "/nonexistent", "LANG": "C.UTF-8", "TERM": "xterm-256color"]
  variables["PATH"] = "/usr/local/bin:/usr/bin:/bin"
  // A program built with a sanitizer is to be judged as the tests are.
  for name in ["ASAN_OPTIONS", "TSAN_OPTIONS"] {
    if let options = unsafe getenv(name) { variables[name] = unsafe String(cString: options) }
  }
  for (name, value) in changes { variables[name] = value }
  return variables
}
