public import BlitzCore
import CCodecShims
import Glibc

/// What the system allows this process to take, read from /proc and the control groups.
///
/// The smallest of: free memory, the limits of the process's control group and all groups above it
/// (versions 1 and 2, less what is used there, file cache that can be dropped given back), and the
/// limit on address space. A value that is missing or makes no sense sets no limit.
public struct MemoryProbe: Sendable {
  private let root: FilePath

  /// A probe of the files below `root`: `/` but for tests.
  public init(root: FilePath = FilePath("/")) { self.root = root }

  /// The budget as of now. Reads about a dozen small files, well under a millisecond.
  public func budget() -> MemoryBudget {
    let ceilings = [freeMemory, addressSpace].compactMap { $0 } + groupCeilings
    return MemoryBudget(ceilings)
  }

  /// Makes a limited address space (`ulimit -v`) hold what a plan says it does, however many threads
  /// there are: they allocate from one arena then. To be called once, before any of them starts.
  public static func fitAddressSpace() { blz_memory_fit_address_space() }

  /// What may still be touched as of now; nil when no limit is known.
  ///
  /// Address space is left out: a stack reserves all that it needs before it is loaded.
  func untouched() -> MemoryBudget.Ceiling? {
    ([freeMemory].compactMap { $0 } + groupCeilings).min { $0.bytes < $1.bytes }
  }

  private var freeMemory: MemoryBudget.Ceiling? {
    let lines = SystemFile(root, "proc/meminfo").lines
    func kibibytes(_ name: String) -> Int? {
      lines.first { $0.count > 1 && $0[0] == name + ":" }.flatMap { Int($0[1]) }
    }
    // Kernels before 3.14 do not estimate what is available.
    let old = [kibibytes("MemFree"), kibibytes("Buffers"), kibibytes("Cached")].compactMap { $0 }
    guard let free = kibibytes("MemAvailable") ?? (old.isEmpty ? nil : old.reduce(0, +)) else {
      return nil
    }
    return ceiling(.machine, free.multipliedReportingOverflow(by: 1024))
  }

  private var addressSpace: MemoryBudget.Ceiling? {
    let limits = SystemFile(root, "proc/self/limits").lines
    let row = limits.first { $0.starts(with: ["Max", "address", "space"]) }
    guard let row, row.count > 3, let limit = Int(row[3]) else { return nil }
    let pages = SystemFile(root, "proc/self/statm").lines.first?.first.flatMap { Int($0) } ?? 0
    let used = pages.multipliedReportingOverflow(by: Int(getpagesize()))
    return ceiling(
      .process, limit.subtractingReportingOverflow(used.overflow ? 0 : used.partialValue))
  }

  private var groupCeilings: [MemoryBudget.Ceiling] {
    SystemFile(root, "proc/self/cgroup").rows.flatMap { row in
      let fields = row.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [MemoryBudget.Ceiling]() }
      if fields[1].isEmpty { return ceilings(of: .version2, path: fields[2]) }
      guard fields[1].split(separator: ",").contains("memory") else { return [] }
      return ceilings(of: .version1, path: fields[2])
    }
  }

  /// Limits of a group and its ancestors. Inside a container the path may be the host's, of which
  /// only the end, or nothing but the root, can be seen: what is not there sets no limit.
  private func ceilings(of version: GroupVersion, path: Substring) -> [MemoryBudget.Ceiling] {
    var names = path.split(separator: "/").filter { $0 != ".." }.map { "/" + $0 }
    var found: [MemoryBudget.Ceiling] = []
    while true {
      found += version.mounts.compactMap { ceiling(of: $0 + names.joined(), version) }
      if names.isEmpty { return found }
      names.removeLast()
    }
  }

  private func ceiling(of group: String, _ version: GroupVersion) -> MemoryBudget.Ceiling? {
    func number(_ name: String) -> Int? {
      SystemFile(root, group + "/" + name).rows.first.flatMap { Int($0) }
    }
    guard let limit = number(version.limit), 0..<version.none ~= limit else { return nil }
    let statistics = SystemFile(root, group + "/memory.stat").lines
    let cache = statistics.first { $0.count > 1 && $0[0] == version.droppable }
    let used = max(number(version.used) ?? 0, 0)
    let kept = max(used - max(cache.flatMap { Int($0[1]) } ?? 0, 0), 0)
    return ceiling(.container, limit.subtractingReportingOverflow(kept))
  }

  private func ceiling(
    _ source: MemoryBudget.Source, _ sum: (partialValue: Int, overflow: Bool)
  ) -> MemoryBudget.Ceiling? {
    sum.overflow ? nil : MemoryBudget.Ceiling(source, bytes: sum.partialValue)
  }
}

/// Where a version of control groups keeps its numbers.
private struct GroupVersion {
  let mounts: [String]
  let limit, used, droppable: String
  /// Limits from here on mean that there is none.
  let none: Int

  static let version2 = GroupVersion(
    mounts: ["sys/fs/cgroup", "sys/fs/cgroup/unified"], limit: "memory.max",
    used: "memory.current", droppable: "inactive_file", none: .max)
  /// Without a limit, version 1 shows the largest multiple of a page.
  static let version1 = GroupVersion(
    mounts: ["sys/fs/cgroup/memory"], limit: "memory.limit_in_bytes",
    used: "memory.usage_in_bytes", droppable: "total_inactive_file", none: 1 << 62)
}

/// A small text file of the system; empty when it cannot be read.
private struct SystemFile {
  let rows: [Substring]

  init(_ root: FilePath, _ path: String) {
    let file = FileBytes()
    _ = try? file.load(root.appending(path.utf8), prefix: 64 << 10)
    let text = file.withBytes { bytes in
      String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
    rows = text.split(separator: "\n")
  }

  /// The words of each row.
  var lines: [[Substring]] { rows.map { $0.split { $0 == " " || $0 == "\t" } } }
}
