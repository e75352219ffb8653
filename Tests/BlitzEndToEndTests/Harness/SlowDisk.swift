import BlitzTestSupport
import Testing

/// A disk that does not answer, or answers with errors, for the files with `-late.` in their paths.
///
/// It is a library that is preloaded into the program, see Preload/slow_disk.c.
struct SlowDisk {
  /// What puts it under a program.
  let variables: [String: String?]
  private let folder: TemporaryFolder

  /// - Parameters:
  ///   - waits: Reads wait until `answer`; otherwise they fail.
  ///   - spares: Reads of at most so many bytes are answered all the same, as those of headers.
  init(in folder: TemporaryFolder, waits: Bool = false, spares: Int? = nil) throws {
    self.folder = folder
    let library = folder.file("slow_disk.so")
    let source = Built.checkout + "/Tests/BlitzEndToEndTests/Preload/slow_disk.c"
    let compiler = try CommandRun(
      ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"],
      environment: environment())
    try #require(compiler.ending == .exit(0), "\(compiler.errorText)")
    variables = [
      "LD_PRELOAD": library, "SLOW_DISK_FILES": "-late.",
      "SLOW_DISK_GATE": waits ? folder.file("gate") : nil,
      "SLOW_DISK_SPARES": spares.map(String.init),
    ]
  }

  /// Lets every read go on.
  func answer() { folder.write([], to: "gate") }

  /// True once a read has had to wait.
  var isMet: Bool { (try? FolderListing.names(folder.path))?.contains("gate.met") == true }
}
