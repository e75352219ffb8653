/// A strict terminal: applies bytes to a grid of cells and notes everything that it does not expect.
///
/// It knows exactly the sequences that blitz and ncurses may send for an xterm; any other one is a
/// violation, so that whatever escapes from a file name or a format is caught. Written from ECMA-48 and
/// xterm's control sequences, apart from the code under test.
public struct ScreenEmulator {
  /// A colour as the terminal was told it.
  public enum Color: Hashable, Sendable {
    case standard
    case indexed(Int)
    case rgb(UInt32)
  }

  /// What a cell shows.
  public struct Cell: Hashable, Sendable {
    /// The character; NUL in the second cell of a wide one.
    public var scalar: Unicode.Scalar = " "
    /// Colour of the character, and behind it.
    public var foreground = Color.standard, background = Color.standard
    /// SGR numbers of the attributes set: 1, 2, 4, 7.
    public var attributes: Set<Int> = []
  }

  /// Extents in cells.
  public let rows, columns: Int
  /// Row-major.
  public private(set) var cells: [Cell]
  /// Where the next character goes.
  public private(set) var cursor = (row: 0, column: 0)
  /// Private modes that are set.
  public private(set) var modes: Set<Int> = [7, 25]
  /// What was sent that must not be.
  public private(set) var violations: [String] = []
  /// Requests for a status report so far.
  public private(set) var statusRequests = 0
  /// Text of the window title.
  public private(set) var title = ""
  /// What was handed to the clipboard, as sent.
  public private(set) var clipboard: [String] = []
  /// Characters written so far.
  public private(set) var writes = 0

  private var isWrapPending = false
  private var region: Range<Int>
  private var style = Cell()
  private var saved: (cursor: (row: Int, column: Int), style: Cell) = ((0, 0), Cell())
  private var state = State.ground
  private var sequence: [UInt8] = []

  private enum State { case ground, escape, charset, control, string, stringEscape, character(Int) }

  /// A blank screen.
  public init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    cells = Array(repeating: Cell(), count: rows * columns)
    region = 0..<rows
  }

  /// The cell at a place.
  public subscript(row: Int, column: Int) -> Cell { cells[row * columns + column] }

  /// Text of a row.
  public func text(row: Int) -> String {
    String(String.UnicodeScalarView(cells[row * columns..<(row + 1) * columns].map(\.scalar)))
  }

  /// Colours of the quarters of a cell: top left, top right, bottom left, bottom right. Nil when it
  /// holds no block character.
  public func quarters(row: Int, column: Int) -> [Color]? {
    let cell = self[row, column]
    let glyphs: [Unicode.Scalar] = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█".unicodeScalars)
    guard let set = glyphs.firstIndex(of: cell.scalar), cell.attributes.isEmpty else { return nil }
    return (0..<4).map { set >> $0 & 1 == 1 ? cell.foreground : cell.background }
  }

  /// Applies bytes.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  /// Notes a sequence that is still open, as at the end of a burst none may be.
  public mutating func expectGround() {
    if case .ground = state { return }
    violate("unfinished")
  }

  private mutating func violate(_ what: String) {
    violations.append("\(what): \(sequence.map { String($0, radix: 16) }.joined(separator: " "))")
    state = .ground
  }

  private mutating func feed(_ byte: UInt8) {
    switch state {
    case .ground: ground(byte)
    case .character(let length):
      sequence.append(byte)
      guard byte & 0xC0 == 0x80 else { return violate("UTF-8") }
      guard sequence.count == length else { return }
      state = .ground
      guard let scalar = String(decoding: sequence, as: UTF8.self).unicodeScalars.first,
        scalar != "\u{FFFD}", !(0x80...0x9F ~= scalar.value)
      else { return violate("character") }
      put(scalar)
    case .escape: escape(byte)
    case .charset:
      state = .ground
      if byte != UInt8(ascii: "B") && byte != UInt8(ascii: "0") { violate("charset") }
    case .control:
      sequence.append(byte)
      if case 0x40...0x7E = byte {
        state = .ground
        control(byte)
      } else if !(0x20...0x3F ~= byte) {
        violate("inside CSI")
      }
    case .string:
      if byte == 0x1B { state = .stringEscape } else { stringByte(byte) }
    case .stringEscape:
      state = .ground
      if byte == UInt8(ascii: "\\") { string() } else { violate("string end") }
    }
  }

  private mutating func stringByte(_ byte: UInt8) {
    sequence.append(byte)
    if byte < 0x20 || byte == 0x7F { violate("inside string") }
  }

  private mutating func ground(_ byte: UInt8) {
    sequence = [byte]
    switch byte {
    case 0x1B: state = .escape
    case 0x0D: move(to: cursor.row, 0)
    case 0x0A: lineFeed()
    case 0x08: move(to: cursor.row, cursor.column - 1)
    case 0x18, 0x0E, 0x0F: break
    case 0x20..<0x7F: put(Unicode.Scalar(byte))
    case 0xC2...0xDF: state = .character(2)
    case 0xE0...0xEF: state = .character(3)
    case 0xF0...0xF4: state = .character(4)
    default: violate("control byte")
    }
  }

  private mutating func escape(_ byte: UInt8) {
    sequence.append(byte)
    state = .ground
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "("), UInt8(ascii: ")"): state = .charset
    case UInt8(ascii: "P"), UInt8(ascii: "]"): state = .string
    case UInt8(ascii: "7"): saved = (cursor, style)
    case UInt8(ascii: "8"):
      (cursor, style) = saved
      isWrapPending = false
    case UInt8(ascii: "M"):
      if cursor.row == region.lowerBound {
        scroll(region, by: -1)
      } else {
        move(to: cursor.row - 1, cursor.column)
      }
    default: violate("escape")
    }
  }

  private mutating func string() {
    let text = String(decoding: sequence.dropFirst(2), as: UTF8.self)
    switch (sequence[1], text) {
    case (UInt8(ascii: "]"), _) where text.hasPrefix("2;"): title = String(text.dropFirst(2))
    case (UInt8(ascii: "]"), _) where text.hasPrefix("52;c;"):
      clipboard.append(String(text.dropFirst(5)))
    case (UInt8(ascii: "P"), "$qm"), (UInt8(ascii: "P"), "+q524742"): break
    default: violate("string")
    }
  }

  private mutating func control(_ final: UInt8) {
    let body = String(decoding: sequence.dropFirst(2).dropLast(), as: UTF8.self)
    let isPrivate = body.hasPrefix("?")
    let numbers = (isPrivate ? body.dropFirst() : body[...]).split(
      separator: ";", omittingEmptySubsequences: false
    ).map { Int($0) ?? 0 }
    let first = max(numbers.first ?? 0, 1)
    switch (final, isPrivate) {
    case (UInt8(ascii: "A"), false): step(-first)
    case (UInt8(ascii: "B"), false): step(first)
    case (UInt8(ascii: "C"), false): move(to: cursor.row, cursor.column + first)
    case (UInt8(ascii: "D"), false): move(to: cursor.row, cursor.column - first)
    case (UInt8(ascii: "G"), false): move(to: cursor.row, first - 1)
    case (UInt8(ascii: "d"), false): move(to: first - 1, cursor.column)
    case (UInt8(ascii: "H"), false):
      move(to: first - 1, max(numbers.count > 1 ? numbers[1] : 1, 1) - 1)
    case (UInt8(ascii: "J"), false): erase(display: numbers.first ?? 0)
    case (UInt8(ascii: "K"), false): erase(line: numbers.first ?? 0)
    case (UInt8(ascii: "X"), false): erase(first)
    case (UInt8(ascii: "b"), false): for _ in 0..<first { put(lastScalar) }
    case (UInt8(ascii: "m"), false): setStyle(numbers)
    case (UInt8(ascii: "L"), false): scroll(cursor.row..<region.upperBound, by: -first)
    case (UInt8(ascii: "M"), false): scroll(cursor.row..<region.upperBound, by: first)
    case (UInt8(ascii: "S"), false): scroll(region, by: first)
    case (UInt8(ascii: "T"), false): scroll(region, by: -first)
    case (UInt8(ascii: "r"), false): setRegion(first - 1, numbers.count > 1 ? numbers[1] : rows)
    case (UInt8(ascii: "h"), true), (UInt8(ascii: "l"), true):
      for mode in numbers { set(mode, final == UInt8(ascii: "h")) }
    default: query(body + String(Unicode.Scalar(final)))
    }
  }

  /// Sequences that leave the cells alone: whole spellings only.
  private mutating func query(_ spelling: String) {
    switch spelling {
    case "5n": statusRequests += 1
    case "4l", "22;0;0t", "23;0;0t", "22;2t", "23;2t", "16t", "14t", "c", "?2026$p", ">0q", "34h":
      break
    default: violate("CSI")
    }
  }

  private mutating func set(_ mode: Int, _ isOn: Bool) {
    guard [1, 7, 12, 25, 1000, 1002, 1003, 1006, 1049, 2004, 2026].contains(mode) else {
      return violate("mode")
    }
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
    if mode == 1049 && isOn { cells = Array(repeating: Cell(), count: rows * columns) }
  }
}

// MARK: - The grid

extension ScreenEmulator {
  private var lastScalar: Unicode.Scalar {
    cells[cursor.row * columns + max(cursor.column - (isWrapPending ? 0 : 1), 0)].scalar
  }

  private mutating func move(to row: Int, _ column: Int) {
    // Moves out of the screen would hide a wrong idea of where the cursor is.
    if row < 0 || row >= rows || column < 0 || column >= columns { violate("move outside") }
    cursor = (min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))
    isWrapPending = false
  }

  /// Steps stop at the margins of the scrolling region, which nobody expects.
  private mutating func step(_ rows: Int) {
    let isInside = region.contains(cursor.row)
    if isInside && !region.contains(cursor.row + rows) { violate("step across a margin") }
    move(to: cursor.row + rows, cursor.column)
  }

  private mutating func setRegion(_ top: Int, _ end: Int) {
    guard top < end, end <= rows else { return violate("region") }
    region = top..<end
    move(to: 0, 0)
  }

  private mutating func lineFeed() {
    if cursor.row + 1 == region.upperBound {
      scroll(region, by: 1)
    } else {
      move(to: cursor.row + 1, cursor.column)
    }
  }

  /// Moves rows up, or down when `count` is negative; what comes in is blank.
  private mutating func scroll(_ lines: Range<Int>, by count: Int) {
    guard region.contains(cursor.row) || lines == region else { return violate("scroll") }
    let before = cells
    for row in lines {
      for column in 0..<columns {
        let i = row * columns + column
        cells[i] = Cell()
        cells[i].background = style.background
        if lines.contains(row + count) { cells[i] = before[i + count * columns] }
      }
    }
    isWrapPending = false
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    if isWrapPending {
      guard modes.contains(7) else { return violate("write past the row") }
      if cursor.row == rows - 1 { violate("scroll") }
      cursor = (min(cursor.row + 1, rows - 1), 0)
      isWrapPending = false
    }
    if cursor.column + width > columns { return violate("wide character cut") }
    writes += 1
    breakWide(at: cursor.column)
    if width == 2 { breakWide(at: cursor.column + 1) }
    var cell = style
    cell.scalar = scalar
    cells[cursor.row * columns + cursor.column] = cell
    if width == 2 {
      cell.scalar = "\0"
      cells[cursor.row * columns + cursor.column + 1] = cell
    }
    cursor.column += width
    if cursor.column == columns {
      cursor.column = columns - 1
      isWrapPending = modes.contains(7)
    }
  }

  /// Half of a wide character leaves the other half blank.
  private mutating func breakWide(at column: Int) {
    let i = cursor.row * columns + column
    if cells[i].scalar == "\0" && column > 0 { cells[i - 1].scalar = " " }
    if column + 1 < columns && cells[i + 1].scalar == "\0" { cells[i + 1].scalar = " " }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x1100...0x115F, 0x3041...0x33FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x1F300...0x1F64F: 2
    default: 1
    }
  }

  private mutating func erase(display part: Int) {
    switch part {
    case 0: blank(cursor.row * columns + cursor.column..<rows * columns)
    case 1: blank(0..<cursor.row * columns + cursor.column + 1)
    case 2: blank(0..<rows * columns)
    default: violate("ED")
    }
  }

  private mutating func erase(line part: Int) {
    let start = cursor.row * columns
    switch part {
    case 0: blank(start + cursor.column..<start + columns)
    case 1: blank(start..<start + cursor.column + 1)
    case 2: blank(start..<start + columns)
    default: violate("EL")
    }
  }

  private mutating func erase(_ count: Int) {
    let start = cursor.row * columns + cursor.column
    blank(start..<min(start + count, (cursor.row + 1) * columns))
  }

  private mutating func blank(_ range: Range<Int>) {
    for i in range {
      cells[i] = Cell()
      cells[i].background = style.background
    }
    isWrapPending = false
  }

  private mutating func setStyle(_ numbers: [Int]) {
    var rest = numbers.isEmpty ? [0] : numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: style = Cell()
      case 1, 2, 4, 7: style.attributes.insert(number)
      case 22: style.attributes.subtract([1, 2])
      case 24: style.attributes.remove(4)
      case 27: style.attributes.remove(7)
      case 10: break
      case 30...37: style.foreground = .indexed(number - 30)
      case 40...47: style.background = .indexed(number - 40)
      case 90...97: style.foreground = .indexed(number - 82)
      case 100...107: style.background = .indexed(number - 92)
      case 39: style.foreground = .standard
      case 49: style.background = .standard
      case 38:
        if let color = color(&rest) { style.foreground = color }
      case 48:
        if let color = color(&rest) { style.background = color }
      default: violate("SGR \(number)")
      }
    }
  }

  private mutating func color(_ rest: inout ArraySlice<Int>) -> Color? {
    switch rest.popFirst() {
    case 5:
      if let index = rest.popFirst(), 0...255 ~= index { return .indexed(index) }
    case 2:
      let channels = rest.prefix(3)
      rest = rest.dropFirst(3)
      if channels.count == 3, channels.allSatisfy({ 0...255 ~= $0 }) {
        return .rgb(channels.reduce(0) { $0 << 8 | UInt32($1) })
      }
    default: break
    }
    violate("colour")
    return nil
  }
}
