extension Key: CustomStringConvertible {
  /// The key as help and docs spell it: `.`, `Ctrl-D`, `Shift-Right`, `Space`.
  public var description: String {
    let prefix =
      (modifiers.contains(.control) ? "Ctrl-" : "") + (modifiers.contains(.alt) ? "Alt-" : "")
      + (modifiers.contains(.shift) ? "Shift-" : "")
    return prefix + code.name(isControlled: modifiers.contains(.control))
  }
}

extension Key.Code {
  fileprivate func name(isControlled: Bool) -> String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar):
      isControlled ? scalar.properties.uppercaseMapping : String(Character(scalar))
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .insert: "Ins"
    case .delete: "Del"
    case .backspace: "Backspace"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .function(let number): "F\(number)"
    }
  }
}
