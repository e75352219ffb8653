/// Writes little-endian TIFF structure by hand, sound or not.
struct TIFFBuilder {
  /// The file so far; the link to the next directory is always the last page's.
  private(set) var bytes: [UInt8] = [0x49, 0x49, 42, 0, 0, 0, 0, 0]
  /// Where each page's directory stands.
  private(set) var directories: [Int] = []
  private var link = 4

  /// Appends a page of long numbers, and its description.
  mutating func page(_ tags: [(tag: Int, values: [Int])], text: [UInt8] = []) {
    var entries: [(Int, [UInt8])] = []
    for (tag, values) in tags {
      let packed = values.flatMap { Self.long($0) }
      let place = values.count > 1 ? Self.long(append(packed)) : packed
      entries.append((tag, Self.short(tag) + Self.short(4) + Self.long(values.count) + place))
    }
    if !text.isEmpty {
      let place = Self.long(append(text))
      entries.append((270, Self.short(270) + Self.short(2) + Self.long(text.count) + place))
    }
    let directory = append(Self.short(entries.count))
    for (_, entry) in entries.sorted(by: { $0.0 < $1.0 }) { bytes += entry }
    directories.append(directory)
    point(link, to: directory)
    link = append(Self.long(0))
  }

  /// Lets the last page be followed by whatever stands at an offset.
  mutating func followLast(by offset: Int) { point(link, to: offset) }

  private mutating func append(_ more: [UInt8]) -> Int {
    defer { bytes += more }
    return bytes.count
  }

  private mutating func point(_ place: Int, to offset: Int) {
    for (i, byte) in Self.long(offset).enumerated() { bytes[place + i] = byte }
  }

  private static func short(_ value: Int) -> [UInt8] { Array(long(value)[..<2]) }

  private static func long(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
