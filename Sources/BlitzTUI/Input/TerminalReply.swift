import BlitzModel

/// What the terminal says about itself, asked or not.
enum TerminalReply: Equatable {
  /// Everything sent before our request was processed.
  case acknowledged
  /// The answer every terminal gives, last of the questions asked at start.
  case deviceAttributes
  /// Whether updates can be made to appear at once.
  case synchronizedOutput(Bool)
  /// Height and width of one cell in pixels.
  case cellPixels(height: Int, width: Int)
  /// Height and width of the text area in pixels.
  case screenPixels(height: Int, width: Int)
  /// Name and version.
  case version(String)
  /// True when the terminal keeps or announces 24-bit colours.
  case directColor(Bool)
}

/// One thing decoded from the terminal's bytes.
enum DecodedInput: Equatable {
  case event(InputEvent)
  case reply(TerminalReply)
}
