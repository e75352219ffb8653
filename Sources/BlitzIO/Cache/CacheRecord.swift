import BlitzCore

/// What stands beside a cached stack, as JSON; a stack without a sound record does not exist.
///
/// It ends with a checksum of itself, so that no accident makes it another one.
struct CacheRecord: Equatable, Sendable {
  /// What it was made of.
  var key: String
  /// The recording's place, for lists.
  var source: String
  /// Length of the `.npy` file.
  var byteCount: Int
  /// Frames whose data was short or corrupt.
  var damaged: [Int]
  /// A checksum for each block of the file.
  var sums: [UInt64]

  /// The record as JSON.
  var json: String {
    let list = sums.map { "\"\(String($0, radix: 16))\"" }.joined(separator: ",")
    let text = """
      {"key":\(Self.quoted(key)),"source":\(Self.quoted(source)),"bytes":\(byteCount),\
      "damaged":[\(damaged.map(String.init).joined(separator: ","))],"sums":[\(list)],
      """
    return text + "\"check\":\"\(Self.check(Array(text.utf8)))\"}\n"
  }

  fileprivate static func check(_ bytes: [UInt8]) -> String {
    var sum = Checksum()
    sum.add(bytes.span)
    return String(sum.value, radix: 16)
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension CacheRecord {
  /// Reads what `json` writes; nil for anything else.
  init?(json: [UInt8]) {
    var reader = RecordReader(bytes: json)
    guard reader.accept("{\"key\":"), let key = reader.string(),
      reader.accept(",\"source\":"), let source = reader.string(),
      reader.accept(",\"bytes\":"), let byteCount = reader.number(), byteCount > 0,
      reader.accept(",\"damaged\":["), let damaged = reader.list({ $0.number() }),
      reader.accept(",\"sums\":["),
      let sums = reader.list({ reader in reader.string().flatMap { UInt64($0, radix: 16) } }),
      reader.accept(","), case let end = reader.position, reader.accept("\"check\":"),
      reader.string() == Self.check(Array(json[..<end])), reader.accept("}\n"), reader.isAtEnd
    else { return nil }
    self.init(key: key, source: source, byteCount: byteCount, damaged: damaged, sums: sums)
  }
}

/// Reads JSON of one known form, and nothing else.
private struct RecordReader {
  let bytes: [UInt8]
  private(set) var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func accept(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  mutating func number() -> Int? {
    let digits = bytes[position...].prefix { 0x30...0x39 ~= $0 }
    position += digits.count
    return Int(String(decoding: digits, as: UTF8.self))
  }

  mutating func string() -> String? {
    guard accept("\"") else { return nil }
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != 0x22 {
      let isEscaped = bytes[position] == 0x5C
      if isEscaped { position += 1 }
      guard position < bytes.count else { return nil }
      text.append(isEscaped && bytes[position] == 0x6E ? 10 : bytes[position])
      position += 1
    }
    return accept("\"") ? String(validating: text, as: UTF8.self) : nil
  }

  /// Values up to the closing bracket.
  mutating func list<Value>(_ value: (inout RecordReader) -> Value?) -> [Value]? {
    var values: [Value] = []
    if accept("]") { return values }
    repeat {
      guard let next = value(&self) else { return nil }
      values.append(next)
    } while accept(",")
    return accept("]") ? values : nil
  }
}
