import BlitzCore

/// The full-size pages of a TIFF file, in the order of its chain of directories.
///
/// The chain is followed once, a few bytes for each page; what a page holds is read when its frame
/// is. A chain that runs in a circle, leaves the file or exceeds the limit ends there, and `note`
/// says so.
struct TIFFPages {
  /// More pages than this are not counted.
  static let limit = 10_000_000

  /// Where each page's directory is.
  private(set) var offsets: [Int] = []
  /// What was wrong with the chain.
  private(set) var note: String?

  /// Follows the chain; the first directory must be sound for any page to be found.
  init(_ bytes: TIFFBytes, limit: Int = TIFFPages.limit) {
    var offset = bytes.firstDirectory
    var visits = VisitedOffsets()
    while offset != 0 {
      guard visits.insert(offset) else {
        note = "the chain of pages runs in a circle after \(visits.count) pages"
        return
      }
      guard visits.count <= limit else {
        note = "only the first \(limit) pages are read"
        return
      }
      guard let directory = TIFFDirectory(bytes, at: offset), let next = directory.next else {
        note = "the chain of pages breaks after \(visits.count - 1) pages"
        return
      }
      if !directory.isReduced { offsets.append(offset) }
      offset = next
    }
  }
}

/// Offsets seen so far. Nearly every file's pages lie in ascending order, and then nothing but the
/// highest must be remembered.
private struct VisitedOffsets {
  private(set) var count = 0
  private var ascending: [Int] = []
  private var others: Set<Int> = []

  /// False when the offset was there already. O(log count).
  mutating func insert(_ offset: Int) -> Bool {
    guard !contains(offset) else { return false }
    if offset > ascending.last ?? -1 { ascending.append(offset) } else { others.insert(offset) }
    count += 1
    return true
  }

  private func contains(_ offset: Int) -> Bool {
    guard let last = ascending.last, offset <= last else { return false }
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return ascending[low] == offset || others.contains(offset)
  }
}
