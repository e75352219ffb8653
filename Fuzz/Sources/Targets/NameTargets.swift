@testable import BlitzIO
import BlitzCore

extension FuzzTarget {
  /// The sorted order against the definition, comparison by comparison.
  static let naturalOrder = FuzzTarget(
    name: "natural-order", texts: ["shot 9\nshot 10\nshot 010\na01\na1", "1\n\u{FF}\n00\n0\n"],
    longest: 256
  ) { bytes in
    let list = bytes.split(separator: 10, omittingEmptySubsequences: false).prefix(24)
    var names = FileNames()
    for name in list { names.append(name) }
    let sorted = names.naturalOrder().map { Array(names[$0]) }
    try require(sorted.count == list.count, "\(sorted.count) names of \(list.count)")
    for (a, b) in zip(sorted, sorted.dropFirst()) {
      try require(!follows(a, b), "\(a) before \(b)")
      try require(!NaturalOrder.precedes(b[...], a[...]), "two orders disagree on \(a) and \(b)")
    }
  }

  /// True when `a` comes after `b`: digit runs as numbers, then the plain bytes decide.
  private static func follows(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    let (first, second) = (parts(a), parts(b))
    for (x, y) in zip(first, second) where x != y {
      // A digit run against another byte stands where a digit would.
      guard x.isNumber && y.isNumber else { return (x.bytes.first ?? 48) > (y.bytes.first ?? 48) }
      if x.bytes.count != y.bytes.count { return x.bytes.count > y.bytes.count }
      return y.bytes.lexicographicallyPrecedes(x.bytes)
    }
    if first.count != second.count { return first.count > second.count }
    return b.lexicographicallyPrecedes(a)
  }

  private struct Part: Equatable {
    let isNumber: Bool
    let bytes: [UInt8]
  }

  /// Single bytes, and digit runs without their leading zeros; the run of zeros is empty.
  private static func parts(_ name: [UInt8]) -> [Part] {
    var (parts, rest) = ([Part](), name[...])
    while let byte = rest.first {
      let run = rest.prefix { 48...57 ~= $0 }
      if run.isEmpty {
        parts.append(Part(isNumber: false, bytes: [byte]))
        rest = rest.dropFirst()
      } else {
        parts.append(Part(isNumber: true, bytes: Array(run.drop { $0 == 48 })))
        rest = rest[run.endIndex...]
      }
    }
    return parts
  }

  /// What a spreadsheet reads back of a field is the text, and never a formula.
  static let csv = FuzzTarget(
    name: "csv", texts: ["A_mean", "=1+1", "a\"b,c\nd", "-x", "@"], longest: 128
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    var document = CSVDocument(notes: [text], columns: ["frame", CSVDocument.field(text)])
    document.append(row: 7, [Double(bytes.count), nil, .nan])
    let field = CSVDocument.field(text)
    var read = Array(field.utf8)
    if read.first == 0x22 {
      read = Array(read.dropFirst().dropLast())
      var unquoted: [UInt8] = []
      var rest = read[...]
      while let byte = rest.popFirst() {
        if byte == 0x22 {
          try require(rest.popFirst() == 0x22, "a lone quote in \(field)")
        }
        unquoted.append(byte)
      }
      read = unquoted
    } else {
      try require(!read.contains { [0x22, 0x2C, 10, 13].contains($0) }, "unquoted: \(field)")
    }
    if let first = text.utf8.first, Array("=+-@\t\r".utf8).contains(first) {
      try require(read.first == 0x27, "a formula: \(field)")
      read.removeFirst()
    }
    try require(read == Array(text.utf8), "\(field) reads back differently")
    let notes = document.bytes.split(separator: 10).prefix { $0.first == 0x23 }
    try require(notes.count == 1, "a note of several lines")
  }

  /// A record read is the record written.
  static let cacheRecord = FuzzTarget(
    name: "cache-record",
    texts: [
      CacheRecord(
        key: "a\"b", source: "/tmp/x\n", byteCount: 7, damaged: [1, 2], sums: [0, .max]
      ).json
    ], longest: 512
  ) { bytes in
    guard let record = CacheRecord(json: bytes) else { return }
    try require(record.byteCount > 0, "a record of \(record.byteCount) bytes")
    try require(CacheRecord(json: Array(record.json.utf8)) == record, "it reads differently")
  }
}
