public import BlitzCore

/// The files of a recording, in their order.
public struct FileList: Equatable, Sendable {
  /// One file.
  public struct Entry: Equatable, Sendable {
    /// Its name.
    public let name: PrintableText
    /// The frame that it holds; nil for one that takes no part.
    public let frame: Int?
    /// Why it takes no part, or what is damaged; nil when all is well.
    public let fault: PrintableText?

    /// A file.
    public init(name: PrintableText, frame: Int?, fault: PrintableText?) {
      (self.name, self.frame, self.fault) = (name, frame, fault)
    }
  }

  /// The files.
  public let entries: [Entry]

  /// A list.
  public init(_ entries: [Entry]) { self.entries = entries }
}

/// The file list on the screen: what was typed narrows it, Enter goes to the chosen file's frame.
public struct FileBrowser: NarrowedList, Equatable, Sendable {
  /// What was typed, and which match is chosen.
  public internal(set) var choice = ListChoice()
  /// The files; empty until they are listed.
  public private(set) var list = FileList([])
  /// Those that match, by their place in the list.
  public private(set) var matches: [Int] = []
  /// True once the files are there.
  public private(set) var isFilled = false

  var matchCount: Int { matches.count }

  init() {}

  /// The chosen file; nil when none matches.
  var chosen: FileList.Entry? {
    matches.indices ~= choice.selected ? list.entries[matches[choice.selected]] : nil
  }

  /// Takes the files; at first the one of a frame is chosen, later the chosen one stays so.
  mutating func fill(_ list: FileList, frame: Int) {
    let place = chosen.flatMap { file in list.entries.firstIndex { $0.name == file.name } }
    self.list = list
    match()
    let wanted = isFilled ? place : list.entries.lastIndex { $0.frame.map { $0 <= frame } ?? false }
    choice.select(wanted.flatMap { matches.firstIndex(of: $0) } ?? 0, of: matches.count)
    isFilled = true
  }

  /// A file matches by a part of its name or of what is wrong with it, whatever the case, or by the
  /// number of its frame, which comes first. O(files).
  mutating func match() {
    let query = choice.query.text.lowercased()
    let number = Int(query)
    let entries = list.entries
    let numbered = entries.indices.filter { number != nil && entries[$0].frame == number }
    matches =
      numbered
      + entries.indices.filter { !numbered.contains($0) && entries[$0].matches(query) }
  }
}

extension FileList.Entry {
  fileprivate func matches(_ query: String) -> Bool {
    query.isEmpty || name.text.lowercased().contains(query)
      || fault?.text.lowercased().contains(query) ?? false
  }
}
