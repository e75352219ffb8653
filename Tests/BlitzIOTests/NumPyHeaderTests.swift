import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzIO

@Suite struct NumPyHeaderTests {
  @Test func agreesWithNumPyOnGeneratedHeaders() throws {
    let rows = try fixtureRows("NumPy/headers.txt")
    #expect(rows.count == 400)
    var stricter: [String] = []
    for row in rows {
      let file = try bytes(hex: row[1])
      let ours = try? NumPyHeader(file, path: "x").extents
      guard row[0] != "refused" else {
        #expect(ours == nil, "NumPy refuses \(PrintableText(bytes: file))")
        continue
      }
      if let ours {
        #expect(ours.map(String.init).joined(separator: ",") == row[0])
      } else {
        stricter.append(PrintableText(bytes: file).text)
      }
    }
    // Refusing is safe where NumPy guesses; each such header must stay a known curiosity.
    #expect(stricter.count <= 0, "\(stricter)")
  }

  @Test(
    "hostile dictionaries are refused",
    arguments: [
      "", " ", "{", "}", "{}", "()", "None", "{'descr': '<f4'}", "{'descr': '<f4', ",
      "{'descr': '<f4', 'fortran_order': False}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)",
      "{'descr': '<f4', 'fortran_order': False, 'shape': [2, 3]}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (5)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': 5}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2.0, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0x2, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (02, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 9223372036854775808)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 99999999999999999999999999)}",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': None, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': 'False', 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': Falsey, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}",
      "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} 1",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}\0",
      "{'descr': '<f4' 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f4, 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': \"<f4', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f3', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f16', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<c8', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<U4', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '|S4', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '|V4', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<M8[s]', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f4\\n', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f4\u{1b}[2J', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': 4, 'fortran_order': False, 'shape': (2, 3)}",
      "{descr: '<f4', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (__import__('os'), 3)}",
      "['descr', '<f4']", "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{", "((((((((((((((((((",
      String(repeating: "{'descr': ", count: 3000), String(repeating: "'", count: 4001),
    ])
  func hostileDictionary(_ text: String) {
    #expect(throws: BlitzError.self) { try NumPyHeader(numPyFile(text), path: "x") }
  }

  @Test func objectsAndRecordsAreRefusedByName() throws {
    let object = "{'descr': '|O', 'fortran_order': False, 'shape': (2, 3)}"
    let error = #expect(throws: BlitzError.self) {
      try NumPyHeader(numPyFile(object), path: "x")
    }
    #expect(error?.kind == .unsupported)
    #expect(error?.reason.text.contains("pickled Python objects") == true)
    let record = "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2, 3)}"
    let other = #expect(throws: BlitzError.self) { try NumPyHeader(numPyFile(record), path: "x") }
    #expect(other?.reason.text.contains("records") == true)
  }

  @Test("every start of a sound file is refused", arguments: [1, 2, 3] as [UInt8])
  func truncated(version: UInt8) {
    let whole = numPyFile(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n", version: [version, 0])
    #expect(throws: Never.self) { try NumPyHeader(whole, path: "x") }
    for count in 0..<whole.count {
      #expect(throws: BlitzError.self) { try NumPyHeader(Array(whole[..<count]), path: "x") }
    }
  }

  @Test func lengthIsCappedBeforeAnythingIsRead() {
    let head: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    let error = #expect(throws: BlitzError.self) { try NumPyHeader(head, path: "x") }
    #expect(error?.kind == .limit)
    let long = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}"
    let padded = long + String(repeating: " ", count: NumPyHeader.lengthLimit - long.utf8.count)
    #expect(throws: Never.self) { try NumPyHeader(numPyFile(padded, version: [2, 0]), path: "x") }
    #expect(throws: BlitzError.self) {
      try NumPyHeader(numPyFile(padded + " ", version: [2, 0]), path: "x")
    }
  }

  @Test(
    "unknown versions are named", arguments: [[0, 0], [1, 1], [4, 0], [255, 255]] as [[UInt8]])
  func version(_ version: [UInt8]) {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}"
    let error = #expect(throws: BlitzError.self) {
      try NumPyHeader(numPyFile(text, version: version), path: "x")
    }
    #expect(error?.reason.text.contains("\(version[0]).\(version[1])") == true)
  }

  @Test func productsBeyondIntAreKnown() throws {
    func bytes(_ shape: String) throws -> Int? {
      let text = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape)}"
      return try NumPyHeader(numPyFile(text), path: "x").byteCount
    }
    #expect(try bytes("(2, 3)") == 24)
    #expect(try bytes("(4294967296, 4294967296)") == nil)
    #expect(try bytes("(2305843009213693952,)") == nil)
    #expect(try bytes("(2305843009213693951,)") == 9_223_372_036_854_775_804)
    #expect(try bytes("(9223372036854775807, 9223372036854775807, 0)") == 0)
    #expect(try bytes("()") == 4)
  }
}
