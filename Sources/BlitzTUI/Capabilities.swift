/// What the terminal can do, as far as known: from the environment at once, from replies later.
struct Capabilities {
  /// How colours are spelt.
  private(set) var depth: ColorDepth
  /// True when updates can be made to appear at once.
  private(set) var isSynchronized = false
  /// Height of a cell over its width.
  private(set) var cellAspect: Double
  /// True when what we send goes over a network or through a multiplexer.
  let isRemote: Bool
  /// True inside tmux, which acknowledges itself and drops what comes too fast.
  let isMultiplexed: Bool
  /// True when questions in device control strings are understood or at least swallowed.
  let takesQuestions: Bool

  private let isDepthFixed: Bool
  private var isAspectFixed: Bool
  private var measuredAspect = Self.usualAspect

  /// Used when nothing is known.
  static let usualAspect = 2.0

  /// Terminal types that are known to keep 24-bit colours.
  private static let direct = [
    "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole", "mintty", "rio", "st-",
    "vte", "wezterm", "xterm-ghostty", "xterm-kitty",
  ]

  /// - Parameters:
  ///   - terminfoColors: What terminfo claims for `TERM`.
  ///   - isUTF8: Whether the locale's encoding shows block characters.
  ///   - isXtermLike: Whether terminfo says that it is of the xterm family.
  init(
    options: TerminalOptions, environment: [String: String], terminfoColors: Int, isUTF8: Bool,
    isXtermLike: Bool
  ) {
    let type = environment["TERM"] ?? ""
    let isTmux = environment["TMUX"] != nil || environment["TERM_PROGRAM"] == "tmux"
    let isScreen = type.hasPrefix("screen") && !isTmux
    isMultiplexed = isTmux || type.hasPrefix("screen") || type.hasPrefix("tmux")
    isRemote = isMultiplexed || environment["SSH_CONNECTION"] != nil
    takesQuestions = isXtermLike && !isScreen
    isAspectFixed = options.cellAspect != nil
    cellAspect = options.cellAspect ?? Self.usualAspect
    let isColorless = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    isDepthFixed = !isUTF8 || options.colors != nil || isColorless || isTmux
    if !isUTF8 {
      depth = .ascii
    } else if let colors = options.colors {
      depth = colors
    } else if isColorless {
      depth = .mono
    } else if isTmux || Self.claimsDirect(environment, type: type, isScreen: isScreen) {
      depth = .rgb
    } else {
      depth = terminfoColors >= 256 ? .palette256 : terminfoColors >= 8 ? .palette16 : .mono
    }
  }

  /// `COLORTERM` outlives the terminal it was set for inside screen, so it does not count there.
  private static func claimsDirect(
    _ environment: [String: String], type: String, isScreen: Bool
  ) -> Bool {
    if isScreen { return false }
    if let claim = environment["COLORTERM"], claim == "truecolor" || claim == "24bit" {
      return true
    }
    return type.hasSuffix("-direct") || direct.contains { type.hasPrefix($0) }
  }

  /// Learns from a reply; true when the screen must be drawn anew.
  mutating func apply(_ reply: TerminalReply, rows: Int, columns: Int) -> Bool {
    switch reply {
    case .synchronizedOutput(let isKnown): isSynchronized = isKnown
    case .directColor(true): return learnDirectColor()
    case .version(let name):
      let name = name.lowercased()
      if Self.direct.contains(where: { name.hasPrefix($0) }) || name.hasPrefix("xterm(") {
        return learnDirectColor()
      }
    case .cellPixels(let height, let width):
      return learnAspect(height: height, width: width)
    case .screenPixels(let height, let width):
      return learnAspect(height: height / max(rows, 1), width: width / max(columns, 1))
    case .acknowledged, .deviceAttributes, .directColor(false): break
    }
    return false
  }

  private mutating func learnDirectColor() -> Bool {
    guard !isDepthFixed, depth != .rgb else { return false }
    depth = .rgb
    return true
  }

  /// Takes the size of a cell in pixels when it is believable; true when that changes something.
  mutating func learnAspect(height: Int, width: Int) -> Bool {
    guard width >= 3, height >= 6 else { return false }
    let aspect = Double(height) / Double(width)
    guard 1...4 ~= aspect, abs(aspect - measuredAspect) > 0.01 else { return false }
    measuredAspect = aspect
    if !isAspectFixed { cellAspect = aspect }
    return !isAspectFixed
  }

  /// Takes a person's word for the shape of a cell; nil goes back to what was measured.
  mutating func fixAspect(_ aspect: Double?) {
    isAspectFixed = aspect != nil
    cellAspect = aspect ?? measuredAspect
  }

  /// The questions to ask once, the one every terminal answers last.
  func appendQuestions(into out: inout OutputBuffer) {
    guard takesQuestions else { return }
    out.append(Escape.askSynchronized)
    out.append(Escape.askCellSize)
    out.append(Escape.askScreenSize)
    if !isDepthFixed {
      out.append(Escape.askVersion)
      out.append(Escape.askStyle)
      out.append(Escape.askDirectColor)
    }
    out.append(Escape.askAttributes)
  }
}
