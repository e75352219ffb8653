/// One image file directory: the tags of a page, read where they lie and only when asked for.
struct TIFFDirectory {
  /// The tags that are looked at.
  enum Tag: Int {
    case subfileType = 254
    case width = 256
    case height, bitsPerSample, compression
    case photometric = 262
    case fillOrder = 266
    case description = 270
    case stripOffsets = 273
    case samplesPerPixel = 277
    case rowsPerStrip
    case planarConfiguration = 284
    case sampleFormat = 339
  }

  private let bytes: TIFFBytes
  private let firstEntry, entryCount: Int

  /// The directory at an offset; nil when it does not lie in the file.
  init?(_ bytes: TIFFBytes, at offset: Int) {
    let countSize = bytes.isBig ? 8 : 2
    guard let count = bytes.number(at: offset, size: countSize), 1...0xFFFF ~= count,
      let first = bytes.end(of: offset, countSize),
      bytes.end(of: first, count * Self.entrySize(bytes) + Self.offsetSize(bytes)) != nil
    else { return nil }
    (self.bytes, firstEntry, entryCount) = (bytes, first, count)
  }

  /// Where the next directory is: 0 after the last one.
  var next: Int? {
    bytes.number(at: firstEntry + entryCount * Self.entrySize(bytes), size: Self.offsetSize(bytes))
  }

  /// True for a smaller copy of another page, such as a preview. Looks at the first tag only, which
  /// is where this one must stand.
  var isReduced: Bool {
    guard bytes.number(at: firstEntry, size: 2) == Tag.subfileType.rawValue else { return false }
    return (numbers(.subfileType)?.first ?? 0) & 1 == 1
  }

  /// The first number of a tag; nil when it is missing.
  func number(_ tag: Tag) -> Int? { numbers(tag)?.first }

  /// The numbers of a tag, at most as many as the file can hold; nil when it is missing or broken.
  func numbers(_ tag: Tag) -> [Int]? {
    guard let (type, count, offset) = entry(tag), let size = Self.integerSizes[type],
      bytes.end(of: offset, count * size) != nil
    else { return nil }
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    for i in 0..<count {
      guard let number = bytes.number(at: offset + i * size, size: size) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// A tag's text, at most 16 MiB of it; nil when it is missing or broken.
  func text(_ tag: Tag) -> String? {
    guard let (type, count, offset) = entry(tag), [1, 2, 7].contains(type) else { return nil }
    return bytes.text(at: offset, count: min(count, 16 << 20))
  }

  /// Type, count and place of a tag's values.
  private func entry(_ tag: Tag) -> (type: Int, count: Int, offset: Int)? {
    let size = Self.entrySize(bytes), wide = Self.offsetSize(bytes)
    for entry in stride(from: firstEntry, to: firstEntry + entryCount * size, by: size)
    where bytes.number(at: entry, size: 2) == tag.rawValue {
      guard let type = bytes.number(at: entry + 2, size: 2),
        let count = bytes.number(at: entry + 4, size: wide), 1...bytes.count ~= count,
        let width = Self.integerSizes[type] ?? (type == 2 || type == 7 ? 1 : nil)
      else { return nil }
      let place = entry + 4 + wide
      guard count > wide / width else { return (type, count, place) }
      return bytes.number(at: place, size: wide).map { (type, count, $0) }
    }
    return nil
  }

  private static func entrySize(_ bytes: TIFFBytes) -> Int { bytes.isBig ? 20 : 12 }
  private static func offsetSize(_ bytes: TIFFBytes) -> Int { bytes.isBig ? 8 : 4 }

  /// Bytes of the unsigned types: byte, short, long, IFD, and BigTIFF's long8 and IFD8.
  private static let integerSizes = [1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8]
}
