import BlitzTestSupport
import Glibc
import Testing

/// A machine made of stand-ins: only the named commands exist, and each records how it was called.
private final class StandInMachine {
  private let folder = TemporaryFolder()

  /// - Parameters:
  ///   - commands: Stand-ins that succeed and do nothing more.
  ///   - lacking: Libraries that pkg-config does not know.
  ///   - swift: What `swift --version` prints; nil for no Swift.
  init(
    commands: Set<String> = ["git", "g++", "pkg-config", "tmux", "valgrind", "apt-get"],
    lacking: String = "",
    swift: String? = "Swift version 6.3.1 (swift-6.3.1-RELEASE)", user: Int = 0, aptGet: String = ""
  ) throws {
    _ = folder.makeFolder("bin")
    for tool in ["bash", "cat", "chmod", "env", "gzip", "mkdir", "mktemp", "rm", "sed", "tar"] {
      let real = ["/bin/", "/usr/bin/"].map { $0 + tool }.first { unsafe access($0, X_OK) == 0 }
      _ = unsafe symlink(try #require(real), folder.file("bin/" + tool))
    }
    for command in commands { standIn(command, "") }
    if commands.contains("apt-get") { standIn("apt-get", aptGet) }
    standIn("id", "echo \(user)")
    standIn("uname", "echo x86_64")
    standIn("sudo", "\"$@\"")
    if commands.contains("pkg-config") {
      standIn("pkg-config", "case ' \(lacking) ' in *\" $2 \"*) exit 1 ;; esac")
    }
    if let swift { standIn("swift", "echo '\(swift)'") }
    standIn("curl", "cat '\(folder.file("swiftly.tar.gz"))' >swiftly.tar.gz")
  }

  /// Runs `scripts/setup.sh` with no terminal.
  func setUp(_ purposes: String...) throws -> CommandRun {
    try CommandRun([script] + purposes, environment: variables)
  }

  /// Runs it on a terminal and types an answer to its question.
  func setUp(answering answer: String) throws -> (ending: Ending, screen: String) {
    let screen = try PTYScreen([script], environment: variables.mapValues(Optional.some))
    try screen.waitFor("[y/N]")
    screen.type(answer + "\n")
    let ending = screen.waitForEnd()
    return (ending, String(decoding: screen.output, as: UTF8.self))
  }

  /// The calls of one stand-in, in order.
  func calls(of command: String) -> [String] {
    String(decoding: readFile(folder.file("calls")), as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix(command + " ") }.map(String.init)
  }

  /// Puts an archive where curl finds it: an installer that brings a Swift of this version.
  func publishInstaller(of version: String) throws {
    let installer = """
      #!/bin/sh
      echo "swiftly $*" >>'\(folder.file("calls"))'
      home="$HOME/.local/share/swiftly"
      mkdir -p "$home/bin"
      printf '#!/bin/sh\\necho Swift version \(version)\\n' >"$home/bin/swift"
      chmod +x "$home/bin/swift"
      printf 'PATH="%s/bin:$PATH"\\n' "$home" >"$home/env.sh"
      """
    folder.write(Array(installer.utf8), to: "swiftly", executable: true)
    let packed = try CommandRun(
      ["tar", "czf", "swiftly.tar.gz", "swiftly"], environment: environment(), folder: folder.path)
    try #require(packed.ending == .exit(0))
  }

  private var script: String { Built.checkout + "/scripts/setup.sh" }
  private var variables: [String: String] {
    environment(["PATH": folder.file("bin"), "HOME": folder.path])
  }

  private func standIn(_ name: String, _ body: String) {
    let log = "echo \"\(name) $*\" >>'\(folder.file("calls"))'"
    folder.write(Array("#!/bin/bash\n\(log)\n\(body)\n".utf8), to: "bin/" + name, executable: true)
  }
}

@Suite struct SetupScriptTests {
  @Test func whatIsThereIsLeftAlone() throws {
    let machine = try StandInMachine()
    let run = try machine.setUp("test")
    #expect(run.ending == .exit(0))
    #expect(run.text.isEmpty && run.errorText.isEmpty)
    #expect(machine.calls(of: "apt-get").isEmpty && machine.calls(of: "curl").isEmpty)
  }

  @Test func onlyWhatIsMissingIsInstalled() throws {
    let machine = try StandInMachine(
      commands: ["git", "g++", "pkg-config", "apt-get"],
      lacking: "libpng")
    #expect(try machine.setUp("test").ending == .exit(0))
    #expect(
      machine.calls(of: "apt-get")
        == ["apt-get update -qq", "apt-get install -y -qq libpng-dev tmux valgrind"])
  }

  @Test func aBuildNeedsNoTestTools() throws {
    let machine = try StandInMachine(commands: ["git", "g++", "pkg-config", "apt-get"])
    #expect(try machine.setUp().ending == .exit(0))
    #expect(machine.calls(of: "apt-get").isEmpty)
  }

  @Test func withoutRootItGoesThroughSudo() throws {
    let machine = try StandInMachine(lacking: "libpng", user: 1000)
    #expect(try machine.setUp().ending == .exit(0))
    #expect(machine.calls(of: "sudo").count == 2)
  }

  @Test func otherSystemsGetTheNamesAndAStop() throws {
    let machine = try StandInMachine(
      commands: ["git", "g++", "pkg-config"], lacking: "libpng libjpeg libavcodec libavutil")
    let run = try machine.setUp()
    #expect(run.ending == .exit(1))
    for names in [
      "libpng-devel libjpeg-turbo-devel ffmpeg-free-devel\n", "libpng libjpeg-turbo ffmpeg\n",
      "libpng jpeg-turbo ffmpeg\n",
    ] {
      #expect(run.errorText.contains(names))
    }
  }

  @Test func aFailedInstallationStops() throws {
    let machine = try StandInMachine(lacking: "libpng", aptGet: "exit 100")
    #expect(try machine.setUp().ending == .exit(1))
  }

  @Test func everyLibraryOfThePackageIsInTheTable() throws {
    let package = String(decoding: readFile(Built.checkout + "/Package.swift"), as: UTF8.self)
    let table = String(decoding: readFile(Built.checkout + "/scripts/setup.sh"), as: UTF8.self)
    let libraries = package.matches(of: /pkgConfig: "([^"]+)", apt: "([^"]+)"/)
    #expect(libraries.count >= 3)
    for library in libraries {
      let row = table.split(separator: "\n").first { $0.contains("library:\(library.1) ") }
      #expect(row?.contains(" \(library.2) ") == true, "\(library.1)")
    }
  }

  @Test(
    arguments: ["6.2", "6.3.1 (swift-6.3.1-RELEASE)", "7.0-dev", "10.0.1"]
      .map { "Swift version " + $0 } + ["Apple Swift version 6.2.3 (swiftlang-6.2.3)"])
  func newEnoughSwiftIsTaken(version: String) throws {
    #expect(try StandInMachine(swift: version).setUp().ending == .exit(0))
  }

  @Test(arguments: ["Swift version 5.10.1", "Swift version 6.1.2", "no version at all", nil])
  func withoutSwiftAndWithoutTerminalItSaysWhatToDo(version: String?) throws {
    let machine = try StandInMachine(swift: version)
    let run = try machine.setUp()
    #expect(run.ending == .exit(1))
    #expect(run.errorText.contains("./swiftly init"))
    #expect(machine.calls(of: "curl").isEmpty && machine.calls(of: "apt-get").isEmpty)
  }

  @Test(arguments: ["n", "", "no", "x"])
  func nothingIsDownloadedUnlessAgreed(answer: String) throws {
    let machine = try StandInMachine(swift: nil)
    #expect(try machine.setUp(answering: answer).ending == .exit(1))
    #expect(machine.calls(of: "curl").isEmpty && machine.calls(of: "apt-get").isEmpty)
  }

  @Test func agreedTheInstallerRunsAndItsSwiftIsFound() throws {
    let machine = try StandInMachine(swift: nil)
    try machine.publishInstaller(of: "6.3.1")
    let (ending, screen) = try machine.setUp(answering: "y")
    #expect(ending == .exit(0), "\(screen)")
    #expect(
      machine.calls(of: "curl")
        == [
          "curl -fL -o swiftly.tar.gz https://download.swift.org/swiftly/linux/swiftly-x86_64.tar.gz"
        ])
    #expect(machine.calls(of: "swiftly") == ["swiftly init --quiet-shell-followup"])
    #expect(try machine.setUp().ending == .exit(0), "a new shell does not find it")
  }

  @Test func anInstallerThatBringsAnOldSwiftIsAFailure() throws {
    let machine = try StandInMachine(swift: nil)
    try machine.publishInstaller(of: "6.1")
    #expect(try machine.setUp(answering: "y").ending == .exit(1))
  }
}
