import BlitzModel

/// The terminal's bytes to keys, mouse reports, pasted text and replies, one byte at a time.
///
/// A pure value: how the bytes were cut into reads makes no difference, except that a pause ends an
/// unfinished sequence (`expiry`). Sequences that mean nothing here are swallowed whole. The grammar is
/// ECMA-48's, the meanings are xterm's; keys that a terminal spells in a way of its own come from
/// terminfo through `learn`.
struct KeyDecoder {
  /// Where in the grammar the next byte belongs.
  private enum State {
    case ground
    case character(length: Int)
    case escape
    case single
    case control
    case consoleFunction
    case legacyMouse
    case string, stringEscape
    case paste
  }

  private var state = State.ground
  /// Bytes of the unfinished sequence, for `learned`.
  private var raw: [UInt8] = []
  private var sequence = ControlSequence()
  /// The text of an unfinished string or paste.
  private var text: [UInt8] = []
  /// An escape came before the sequence: Alt.
  private var isAlternate = false
  private var learned: [[UInt8]: Key] = [:]

  /// Longest text of a paste and of a reply; what comes after is dropped.
  static let maximumPaste = 1 << 20
  private static let maximumString = 4096
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  init() { raw.reserveCapacity(64) }

  /// How long to wait for more bytes before `expire`; nil when nothing is unfinished.
  var expiry: Duration? {
    switch state {
    case .ground: nil
    case .escape: .milliseconds(50)
    case .paste: .seconds(1)
    default: .milliseconds(250)
    }
  }

  /// Takes a terminal's own spelling of a key; spellings understood anyway change nothing.
  mutating func learn(_ spelling: [UInt8], as key: Key) {
    guard spelling.count >= 3, spelling[0] == 0x1B else { return }
    var probe = KeyDecoder()
    var decoded: [DecodedInput] = []
    for byte in spelling { probe.feed(byte, into: &decoded) }
    if decoded.count == 1, probe.expiry == nil, case .event(.key) = decoded[0] { return }
    learned[spelling] = key
  }

  /// Ends an unfinished sequence, because no byte came for `expiry`.
  mutating func expire(into output: inout [DecodedInput]) {
    switch state {
    case .escape:
      if isAlternate { emit(Key(.escape), &output) }
      emit(Key(.escape), &output)
    case .paste: output.append(.event(.paste(String(decoding: text, as: UTF8.self))))
    default: break
    }
    reset()
  }

  /// Takes one byte; appends what it completes.
  mutating func feed(_ byte: UInt8, into output: inout [DecodedInput]) {
    switch state {
    case .ground: ground(byte, &output)
    case .character(let length): character(byte, length, &output)
    case .paste: paste(byte, &output)
    case .string, .stringEscape: string(byte, &output)
    default: escaped(byte, &output)
    }
  }

  /// Bytes of an escape sequence that is no string.
  private mutating func escaped(_ byte: UInt8, _ output: inout [DecodedInput]) {
    raw.append(byte)
    if !learned.isEmpty, let key = learned[raw] {
      emit(key, &output)
      return reset()
    }
    switch state {
    case .escape: escape(byte, &output)
    case .single: single(byte, &output)
    case .control: control(byte, &output)
    case .consoleFunction:
      // The Linux console's F1 to F5.
      if case 0x41...0x45 = byte { emit(Key(.function(Int(byte) - 0x40)), &output) }
      reset()
    case .legacyMouse:
      text.append(byte)
      guard text.count == 3 else { return }
      if let mouse = ControlSequence.legacyMouse(text) { output.append(.event(.mouse(mouse))) }
      reset()
    default: reset()
    }
  }

  private mutating func reset() {
    state = .ground
    isAlternate = false
    raw.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: text.capacity <= Self.maximumString)
  }

  private func emit(_ key: Key, _ output: inout [DecodedInput]) {
    let modifiers = isAlternate && key.code != .escape ? key.modifiers.union(.alt) : key.modifiers
    output.append(.event(.key(Key(key.code, modifiers))))
  }

  /// The terminal puts no Escape ahead of what it says itself: such a one is the person's key.
  private func emitEscapeAhead(_ output: inout [DecodedInput]) {
    if isAlternate { emit(Key(.escape), &output) }
  }

  private mutating func ground(_ byte: UInt8, _ output: inout [DecodedInput]) {
    switch byte {
    case 0x1B:
      state = .escape
      raw.append(byte)
    case 0x00...0x7F:
      if let key = Self.key(ofASCII: byte) { emit(key, &output) }
      reset()
    case 0xC2...0xF4:
      text.append(byte)
      state = .character(length: byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4)
    default: reset()
    }
  }

  private mutating func character(
    _ byte: UInt8, _ length: Int, _ output: inout [DecodedInput]
  ) {
    guard byte & 0xC0 == 0x80 else {
      // Cut short: what comes now stands for itself.
      reset()
      return ground(byte, &output)
    }
    text.append(byte)
    guard text.count == length else { return }
    let string = String(decoding: text, as: UTF8.self)
    if let scalar = string.unicodeScalars.first, scalar != "\u{FFFD}", scalar.value >= 0xA0 {
      emit(.character(scalar), &output)
    }
    reset()
  }

  private mutating func escape(_ byte: UInt8, _ output: inout [DecodedInput]) {
    switch byte {
    case 0x1B:
      if isAlternate { emit(Key(.escape), &output) }
      isAlternate = true
      raw = [0x1B]
    case UInt8(ascii: "["):
      sequence = ControlSequence()
      state = .control
    case UInt8(ascii: "O"): state = .single
    case UInt8(ascii: "P"), UInt8(ascii: "]"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      text = [byte]
      state = .string
    case 0x09:
      emit(Key(.tab, .shift), &output)
      reset()
    default:
      state = .ground
      isAlternate = true
      ground(byte, &output)
    }
  }

  /// Behind `ESC O`.
  private mutating func single(_ byte: UInt8, _ output: inout [DecodedInput]) {
    if case UInt8(ascii: "0")...UInt8(ascii: "9") = byte { return }  // modifiers of old terminals
    if let key = ControlSequence.singleShift(byte) { emit(key, &output) }
    if byte == 0x1B {
      reset()
      return ground(byte, &output)
    }
    reset()
  }

  /// Behind `ESC [`.
  private mutating func control(_ byte: UInt8, _ output: inout [DecodedInput]) {
    switch byte {
    case 0x20...0x3F: sequence.take(byte)
    case UInt8(ascii: "[") where raw.count == 3: state = .consoleFunction
    case UInt8(ascii: "M") where raw.count == 3: state = .legacyMouse
    case 0x40...0x7E: finish(byte, &output)
    case 0x1B:
      reset()
      ground(byte, &output)
    case 0x18, 0x1A: reset()
    default: break  // a control or foreign byte inside a sequence is ignored
    }
  }

  private mutating func finish(_ final: UInt8, _ output: inout [DecodedInput]) {
    let meaning = sequence.meaning(final: final)
    if meaning == .pasteBegin {
      reset()
      state = .paste
      return
    }
    switch meaning {
    case .key(let key): emit(key, &output)
    case .mouse(let mouse):
      emitEscapeAhead(&output)
      output.append(.event(.mouse(mouse)))
    case .reply(let reply):
      emitEscapeAhead(&output)
      output.append(.reply(reply))
    case .pasteBegin, .nothing: break
    }
    reset()
  }

  /// Inside a string that began with its introducer's byte, up to BEL or `ESC \`.
  private mutating func string(_ byte: UInt8, _ output: inout [DecodedInput]) {
    if case .stringEscape = state {
      let isEnd = byte == UInt8(ascii: "\\")
      if isEnd, let reply = TerminalReply(string: text) {
        emitEscapeAhead(&output)
        output.append(.reply(reply))
      }
      reset()
      if !isEnd {
        // No terminator: a new sequence began.
        ground(0x1B, &output)
        feed(byte, into: &output)
      }
      return
    }
    switch byte {
    case 0x1B: state = .stringEscape
    case 0x07: reset()
    case 0x18, 0x1A: reset()
    default: if text.count < Self.maximumString { text.append(byte) }
    }
  }

  private mutating func paste(_ byte: UInt8, _ output: inout [DecodedInput]) {
    if text.count < Self.maximumPaste + Self.pasteEnd.count { text.append(byte) }
    raw.append(byte)
    if raw.count > Self.pasteEnd.count { raw.removeFirst() }
    guard raw == Self.pasteEnd else { return }
    if text.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] {
      text.removeLast(Self.pasteEnd.count)
    }
    let kept = text.prefix(Self.maximumPaste)
    output.append(.event(.paste(String(decoding: kept, as: UTF8.self))))
    reset()
  }

  /// A key that is one byte.
  private static func key(ofASCII byte: UInt8) -> Key? {
    switch byte {
    case 0x00: .control(" ")
    case 0x08, 0x7F: Key(.backspace)
    case 0x09: Key(.tab)
    case 0x0A, 0x0D: Key(.enter)
    case 0x01...0x1A: .control(Unicode.Scalar(byte + 0x60))
    case 0x1C...0x1F: .control(Unicode.Scalar(byte + 0x40))
    default: .character(Unicode.Scalar(byte))
    }
  }
}
