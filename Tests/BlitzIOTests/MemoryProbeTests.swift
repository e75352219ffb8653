@testable import BlitzIO
import BlitzCore
import BlitzTestSupport
import Testing

/// Trees of /proc and the control groups, and what may be taken under each.
@Suite struct MemoryProbeTests {
  struct Tree: CustomTestStringConvertible {
    let testDescription: String
    let files: [String: String]
    let source: MemoryBudget.Source
    let bytes: Int

    init(
      _ name: String, _ source: MemoryBudget.Source, _ bytes: Int, _ files: [String: String]
    ) {
      (testDescription, self.source, self.bytes, self.files) = (name, source, bytes, files)
    }
  }

  private static let gibibyte = 1 << 30
  private static let meminfo = "MemTotal: 16777216 kB\nMemFree: 1 kB\nMemAvailable: 8388608 kB\n"
  private static let free8 = ["proc/meminfo": meminfo]

  /// Eight free gibibytes and a group of version 2.
  private static func version2(_ path: String, _ files: [String: String]) -> [String: String] {
    free8.merging(["proc/self/cgroup": "0::\(path)\n"]) { $1 }
      .merging(files.map { ("sys/fs/cgroup" + $0, $1) }) { $1 }
  }

  /// Eight free gibibytes and a memory group of version 1.
  private static func version1(_ path: String, _ files: [String: String]) -> [String: String] {
    let groups = "12:pids:/x\n4:cpu,memory:\(path)\n1:name=systemd:/y\n"
    return free8.merging(["proc/self/cgroup": groups]) { $1 }
      .merging(files.map { ("sys/fs/cgroup/memory" + $0, $1) }) { $1 }
  }

  private static func limits(_ value: String) -> String {
    "Limit   Soft Limit   Hard Limit   Units\nMax cpu time  unlimited unlimited seconds\n"
      + "Max address space         \(value)            unlimited            bytes\n"
  }

  static let trees: [Tree] = [
    Tree("free memory alone", .machine, 8 * gibibyte, free8),
    Tree("nothing at all", .machine, gibibyte, [:]),
    Tree(
      "an old kernel", .machine, 6 << 10,
      [
        "proc/meminfo": "MemFree: 1 kB\nBuffers: 2 kB\nCached: 3 kB\n"
      ]),
    Tree("garbage in meminfo", .machine, gibibyte, ["proc/meminfo": "MemAvailable: lots\n\n:::"]),
    Tree(
      "a number beyond Int", .machine, gibibyte,
      [
        "proc/meminfo": "MemAvailable: 99999999999999999999 kB\n"
      ]),
    Tree(
      "kibibytes that overflow", .machine, gibibyte,
      [
        "proc/meminfo": "MemAvailable: 9223372036854775807 kB\n"
      ]),
    Tree("no memory left", .machine, 0, ["proc/meminfo": "MemAvailable: 0 kB\n"]),
    Tree(
      "v2 limit of the own group", .container, 2 * gibibyte,
      version2("/app", ["/app/memory.max": "2147483648\n"])),
    Tree(
      "v2 without a limit", .machine, 8 * gibibyte,
      version2("/app", ["/app/memory.max": "max\n", "/memory.max": "max\n"])),
    Tree(
      "v2 limit of the parent", .container, gibibyte,
      version2("/a/b", ["/a/b/memory.max": "max\n", "/a/memory.max": "1073741824\n"])),
    Tree(
      "v2 limit of the root, as seen in a container", .container, gibibyte,
      version2("/", ["/memory.max": "1073741824\n"])),
    Tree(
      "v2 the smallest of all levels", .container, 3 << 20,
      version2(
        "/a/b/c",
        [
          "/a/b/c/memory.max": "5242880", "/a/b/memory.max": "3145728", "/a/memory.max": "9437184",
        ])),
    Tree(
      "v2 less what is used", .container, gibibyte,
      version2("/app", ["/app/memory.max": "2147483648", "/app/memory.current": "1073741824"])),
    Tree(
      "v2 file cache given back", .container, gibibyte + (512 << 20),
      version2(
        "/app",
        [
          "/app/memory.max": "2147483648", "/app/memory.current": "1073741824",
          "/app/memory.stat": "anon 536870912\nfile 536870912\ninactive_file 536870912\n",
        ])),
    Tree(
      "v2 more cache than use", .container, 2 * gibibyte,
      version2(
        "/app",
        [
          "/app/memory.max": "2147483648", "/app/memory.current": "5",
          "/app/memory.stat": "inactive_file 900\n",
        ])),
    Tree(
      "v2 used up", .container, 0,
      version2("/app", ["/app/memory.max": "100", "/app/memory.current": "200"])),
    Tree(
      "v2 a limit above free memory", .machine, 8 * gibibyte,
      version2("/app", ["/app/memory.max": "17179869184"])),
    Tree(
      "v2 path of the host, not visible here", .container, 4096,
      version2("/system.slice/docker-0a.scope", ["/memory.max": "4096"])),
    Tree(
      "v2 path that leads out", .container, 4096,
      version2("/../../other", ["/memory.max": "4096"])),
    Tree(
      "v2 garbage", .machine, 8 * gibibyte,
      version2("/app", ["/app/memory.max": "two\n", "/memory.max": "-5\n"])),
    Tree("v2 empty file", .machine, 8 * gibibyte, version2("/app", ["/app/memory.max": ""])),
    Tree(
      "v2 garbage in the statistics", .container, 90,
      version2(
        "/app",
        [
          "/app/memory.max": "100", "/app/memory.current": "10",
          "/app/memory.stat": "inactive_file\ninactive_file many\n",
        ])),
    Tree(
      "v1 limit", .container, 2 * gibibyte,
      version1("/docker/0a", ["/docker/0a/memory.limit_in_bytes": "2147483648\n"])),
    Tree(
      "v1 value that means none", .machine, 8 * gibibyte,
      version1("/", ["/memory.limit_in_bytes": "9223372036854771712\n"])),
    Tree("v1 minus one", .machine, 8 * gibibyte, version1("/", ["/memory.limit_in_bytes": "-1\n"])),
    Tree(
      "v1 seen from inside, at the root of the mount", .container, gibibyte,
      version1("/docker/0a", ["/memory.limit_in_bytes": "1073741824\n"])),
    Tree(
      "v1 with use and cache", .container, 80,
      version1(
        "/a",
        [
          "/a/memory.limit_in_bytes": "100", "/a/memory.usage_in_bytes": "50",
          "/a/memory.stat": "inactive_file 1\ntotal_inactive_file 30\n",
        ])),
    Tree(
      "v1 limit of the parent", .container, 100,
      version1("/a/b", ["/a/memory.limit_in_bytes": "100"])),
    Tree(
      "v1 and v2 at once", .container, 200,
      version1("/a", ["/a/memory.limit_in_bytes": "300"]).merging([
        "proc/self/cgroup": "4:memory:/a\n0::/b\n", "sys/fs/cgroup/unified/b/memory.max": "200",
      ]) { $1 }),
    Tree(
      "a cgroup file that is none", .machine, 8 * gibibyte,
      free8.merging(["proc/self/cgroup": "memory\n::\n\n0:"]) { $1 }),
    Tree(
      "address space", .process, 3 * gibibyte,
      free8.merging(["proc/self/limits": limits("3221225472")]) { $1 }),
    Tree(
      "address space without a limit", .machine, 8 * gibibyte,
      free8.merging(["proc/self/limits": limits("unlimited")]) { $1 }),
    Tree(
      "address space less what is mapped", .process, 3 * gibibyte - 1000 * 4096,
      free8.merging([
        "proc/self/limits": limits("3221225472"), "proc/self/statm": "1000 20 3 0 0 0 0\n",
      ]) { $1 }),
  ]

  @Test(arguments: trees)
  func theSmallestLimitDecides(tree: Tree) {
    let folder = TemporaryFolder()
    for (name, text) in tree.files { folder.plant(text, at: name) }
    let budget = MemoryProbe(root: FilePath(folder.path)).budget()
    #expect(budget.smallest == MemoryBudget.Ceiling(tree.source, bytes: tree.bytes))
    #expect(budget.limitBytes <= tree.bytes / 10 * 9)
  }

  @Test func thisMachineHasSomeMemory() {
    #expect(MemoryProbe().budget().limitBytes > 1 << 20)
  }
}

extension TemporaryFolder {
  /// Writes a text file, with the folders that lead to it.
  func plant(_ text: String, at name: String) {
    var path = ""
    for part in name.split(separator: "/").dropLast() {
      path += path.isEmpty ? String(part) : "/" + part
      ensureFolder(path)
    }
    write(Array(text.utf8), to: name)
  }
}
