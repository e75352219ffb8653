import BlitzCore

/// The numbers of a TIFF file at their byte offsets, in the file's own order.
///
/// Nothing that the file claims is believed: whatever lies outside it is nil.
struct TIFFBytes: Sendable {
  private let file: MappedFile
  private let isBigEndian: Bool
  /// True for BigTIFF, whose counts and offsets have 8 bytes.
  let isBig: Bool
  /// Where the first directory is.
  let firstDirectory: Int

  /// Reads the file's header; nil when it is no TIFF.
  init?(_ file: MappedFile) {
    let head = file.prefix(16)
    guard head.count >= 8, head[0] == head[1], head[0] == 0x49 || head[0] == 0x4D else {
      return nil
    }
    let isBigEndian = head[0] == 0x4D
    func number(_ range: Range<Int>) -> Int? {
      Self.number(range.map { head[$0] }, isBigEndian: isBigEndian)
    }
    switch number(2..<4) {
    case 42: (isBig, firstDirectory) = (false, number(4..<8) ?? 0)
    case 43 where head.count == 16 && number(4..<6) == 8 && number(6..<8) == 0:
      guard let first = number(8..<16) else { return nil }
      (isBig, firstDirectory) = (true, first)
    default: return nil
    }
    (self.file, self.isBigEndian) = (file, isBigEndian)
  }

  /// Bytes in the file.
  var count: Int { file.byteCount }

  /// True when samples stand in the other order than this machine's.
  var isSwapped: Bool { isBigEndian != (UInt16(1).bigEndian == 1) }

  /// An unsigned number of 1 to 8 bytes; nil outside the file or beyond `Int`.
  func number(at offset: Int, size: Int) -> Int? {
    guard let end = self.end(of: offset, size), size > 0 else { return nil }
    return file.withBytes(offset..<end) { bytes in
      var value: UInt64 = 0
      for i in 0..<size {
        value = value << 8 | UInt64(bytes[isBigEndian ? i : size - 1 - i])
      }
      return Int(exactly: value)
    }
  }

  /// A text up to its first NUL; nil outside the file.
  func text(at offset: Int, count: Int) -> String? {
    guard let end = end(of: offset, count) else { return nil }
    return file.withBytes(offset..<end) { bytes in
      var text: [UInt8] = []
      for i in bytes.indices {
        if bytes[i] == 0 { break }
        text.append(bytes[i])
      }
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// The offset behind some bytes; nil when they do not lie in the file.
  func end(of offset: Int, _ size: Int) -> Int? {
    let (end, overflow) = offset.addingReportingOverflow(size)
    return !overflow && offset >= 0 && size >= 0 && end <= count ? end : nil
  }

  private static func number(_ bytes: [UInt8], isBigEndian: Bool) -> Int? {
    let value = (isBigEndian ? bytes : bytes.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }
}
