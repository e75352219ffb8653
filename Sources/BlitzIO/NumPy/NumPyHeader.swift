import BlitzCore

/// What the header of a `.npy` file says of its array.
///
/// The format is that of `numpy.lib.format`, versions 1.0, 2.0 and 3.0: a magic string, two version
/// bytes, a little-endian length of 2 or 4 bytes, and a Python dictionary as text. Nothing is ever
/// evaluated: the dictionary's three keys are read by a tokenizer that knows no other syntax.
struct NumPyHeader: Equatable, Sendable {
  /// The longest dictionary read, in bytes; NumPy itself stops at 10,000 by default.
  static let lengthLimit = 1 << 16
  /// Bytes of a file's beginning that are enough to read any accepted header.
  static let prefixLength = lengthLimit + 12

  /// Type of an element.
  let type: SampleType
  /// True when the elements' bytes stand in the other order than this machine's.
  let isSwapped: Bool
  /// True when the first axis varies fastest.
  let isFortranOrder: Bool
  /// Extents of the axes as written; none is negative.
  let extents: [Int]
  /// Where the data begins, in bytes from the start of the file.
  let dataOffset: Int

  /// Reads the header at the start of a file.
  ///
  /// - Parameters:
  ///   - prefix: The first `prefixLength` bytes of the file, or all of a shorter one.
  ///   - path: Named in errors.
  /// - Throws: `damagedInput` for what NumPy would not read either, `unsupported` for arrays that
  ///   are no images (objects, records, text, complex numbers), `limit` for an overlong header.
  init(_ prefix: [UInt8], path: String) throws(BlitzError) {
    let text = try Self.dictionary(prefix, path: path)
    dataOffset = text.upperBound
    var parser = NumPyHeaderParser(prefix, text)
    guard let entries = parser.entries() else {
      throw BlitzError(
        .damagedInput, path, "its NumPy header cannot be understood at byte \(parser.position)")
    }
    (type, isSwapped) = try Self.element(entries.element, path: path)
    (isFortranOrder, extents) = (entries.isFortranOrder, entries.extents)
  }

  /// Bytes of the whole array; nil when they exceed `Int`.
  var byteCount: Int? {
    // A zero anywhere makes the array empty, however large the other extents claim to be.
    if extents.contains(0) { return 0 }
    var product = type.byteCount
    for extent in extents {
      let (value, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      product = value
    }
    return product
  }

  /// Where the dictionary's text lies.
  private static func dictionary(
    _ prefix: [UInt8], path: String
  ) throws(BlitzError) -> Range<Int> {
    let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
    guard prefix.count >= 10, prefix.starts(with: magic) else {
      throw BlitzError(.damagedInput, path, "is not a NumPy array: its first bytes are not .npy's")
    }
    guard 1...3 ~= prefix[6], prefix[7] == 0 else {
      throw BlitzError(
        .unsupported, path, "is written in version \(prefix[6]).\(prefix[7]) of the NumPy format",
        hint: "versions 1.0, 2.0 and 3.0 can be read")
    }
    let start = prefix[6] == 1 ? 10 : 12
    guard prefix.count >= start else {
      throw BlitzError(.damagedInput, path, "ends within its NumPy header")
    }
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(prefix[$1]) }
    guard length <= lengthLimit else {
      throw BlitzError(
        .limit, path, "claims a NumPy header of \(length) bytes; at most \(lengthLimit) are read")
    }
    guard length <= prefix.count - start else {
      throw BlitzError(.damagedInput, path, "ends within its NumPy header")
    }
    return start..<start + length
  }

  /// Reads an element description such as `<f4`; NumPy's numbers are bytes, ours are bits.
  private static func element(
    _ description: NumPyHeaderParser.Element, path: String
  ) throws(BlitzError) -> (SampleType, isSwapped: Bool) {
    guard case .simple(let text) = description else {
      throw BlitzError(
        .unsupported, path, "holds records of several fields, not one number per pixel",
        hint: "save one field: numpy.save(\"field.npy\", array[\"name\"])")
    }
    let hasOrder = text.first.map { "<>|=".contains($0) } ?? false
    let name = hasOrder ? text.dropFirst() : text[...]
    if let type = sampleTypes[String(name)] {
      // What a byte order means for single bytes nobody asks.
      return (type, type.byteCount > 1 && text.first == (isBigEndian ? "<" : ">"))
    }
    if name.first == "O" {
      throw BlitzError(
        .unsupported, path, "holds pickled Python objects, which are programs and never run",
        hint: "save numbers: numpy.save(\"stack.npy\", numpy.stack(array))")
    }
    throw BlitzError(
      .unsupported, path, "holds elements of type \"\(text)\", which are no samples",
      hint: "bool, integers of 8 to 64 bits and floats of 16 to 64 bits can be read")
  }

  private static let isBigEndian = UInt16(1).bigEndian == 1

  private static let sampleTypes: [String: SampleType] = [
    "?": .bool, "b1": .bool, "bool": .bool,
    "u1": .u8, "uint8": .u8, "i1": .i8, "int8": .i8,
    "u2": .u16, "uint16": .u16, "i2": .i16, "int16": .i16,
    "u4": .u32, "uint32": .u32, "i4": .i32, "int32": .i32,
    "u8": .u64, "uint64": .u64, "i8": .i64, "int64": .i64,
    "f2": .f16, "float16": .f16, "f4": .f32, "float32": .f32, "f8": .f64, "float64": .f64,
  ]
}
