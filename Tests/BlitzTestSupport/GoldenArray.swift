public import Foundation

/// An array that independent code wrote as a `.npy` file: the expected values of a test.
///
/// Reads what the generating scripts write and nothing else: version 1, C order, little-endian.
public struct GoldenArray: Sendable {
  /// A file that is not such an array, and where reading it stopped.
  public struct Malformed: Error {
    /// What was found.
    public let what: String
  }

  /// Extents, slowest axis first; empty for a scalar.
  public let shape: [Int]
  /// NumPy's name of the element type without its byte order, such as `u2` or `f4`.
  public let type: String
  /// The elements in C order; integers beyond 2^53 are rounded.
  public let values: [Double]

  /// Reads a file; throws when it is missing or not as described above.
  public init(contentsOf url: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: url))
    guard bytes.starts(with: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1]), bytes.count >= 10 else {
      throw Malformed(what: "no version 1 signature in \(url.lastPathComponent)")
    }
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    let header = String(decoding: bytes[10..<min(start, bytes.count)], as: UTF8.self)
    guard !header.contains("'fortran_order': True"),
      let descriptor = header.firstMatch(of: /'descr': '[<|]([a-z]\d)'/),
      let extents = header.firstMatch(of: /'shape': \(([0-9, ]*)\)/)
    else { throw Malformed(what: header) }
    let type = String(descriptor.1)
    shape = extents.1.split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    let count = shape.reduce(1, *)
    values = try Self.elements(of: type, in: bytes[start...])
    self.type = type
    guard values.count == count else { throw Malformed(what: "\(values.count) of \(count)") }
  }

  /// The elements as the samples blitz would hold.
  public var floats: [Float] { values.map { Float($0) } }

  private static func elements(of type: String, in data: ArraySlice<UInt8>) throws -> [Double] {
    switch type {
    case "b1", "u1": data.map { Double($0) }
    case "i1": data.map { Double(Int8(bitPattern: $0)) }
    case "u2": words(data).map { (word: UInt16) in Double(word) }
    case "i2": words(data).map { (word: UInt16) in Double(Int16(bitPattern: word)) }
    case "u4": words(data).map { (word: UInt32) in Double(word) }
    case "i4": words(data).map { (word: UInt32) in Double(Int32(bitPattern: word)) }
    case "u8": words(data).map { (word: UInt64) in Double(word) }
    case "i8": words(data).map { (word: UInt64) in Double(Int64(bitPattern: word)) }
    case "f4": words(data).map { (word: UInt32) in Double(Float(bitPattern: word)) }
    case "f8": words(data).map { (word: UInt64) in Double(bitPattern: word) }
    default: throw Malformed(what: "element type \(type)")
    }
  }

  private static func words<Word: FixedWidthInteger>(_ data: ArraySlice<UInt8>) -> [Word] {
    let size = MemoryLayout<Word>.size
    return stride(from: data.startIndex, to: data.endIndex - size + 1, by: size).map { start in
      data[start..<start + size].reversed().reduce(0) { word, byte in word << 8 | Word(byte) }
    }
  }
}
