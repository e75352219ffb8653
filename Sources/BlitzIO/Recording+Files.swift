public import BlitzCore

/// One of the files that a recording is made of.
public struct RecordingFile: Equatable, Sendable {
  /// Its name, without the folder.
  public let name: [UInt8]
  /// The source frame that it holds, the first of several; nil for one that takes no part.
  public let frame: Int?
  /// Why it takes no part, or what is damaged; nil when all is well.
  public let fault: PrintableText?
}

extension Recording {
  /// The files in natural order, those that take no part between the others.
  ///
  /// - Parameter damaged: Frames that turned out to be damaged, as the loader lists them.
  /// - Complexity: O(n log n) in the number of files.
  public func files(damaged: [SkippedInput]) -> [RecordingFile] {
    let faults = Dictionary(
      (damaged + skipped).map { ($0.file, $0.reason) }, uniquingKeysWith: { first, _ in first })
    guard let sequence = reader as? ImageSequence else {
      return [RecordingFile(name: Array(location.name), frame: 0, fault: faults[location])]
    }
    var names = sequence.names
    for input in skipped { names.append(input.file.name) }
    let frames = sequence.names.count
    return names.naturalOrder().map { place in
      RecordingFile(
        name: Array(names[place]), frame: place < frames ? place : nil,
        fault: faults.isEmpty ? nil : faults[sequence.folder.appending(names[place])])
    }
  }
}
