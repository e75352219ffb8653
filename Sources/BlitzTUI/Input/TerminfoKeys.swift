import BlitzModel

/// Terminfo's names of the keys that terminals spell in ways of their own.
enum TerminfoKeys {
  /// Name and meaning; modified keys under the names that ncurses' own database gives them.
  static let table: [(name: String, key: Key)] = named + functions + modified

  private static let named: [(String, Key)] = [
    ("kcuu1", Key(.up)), ("kcud1", Key(.down)), ("kcub1", Key(.left)), ("kcuf1", Key(.right)),
    ("khome", Key(.home)), ("kend", Key(.end)), ("kpp", Key(.pageUp)), ("knp", Key(.pageDown)),
    ("kich1", Key(.insert)), ("kdch1", Key(.delete)), ("kcbt", Key(.tab, .shift)),
    ("kent", Key(.enter)), ("kLFT", Key(.left, .shift)), ("kRIT", Key(.right, .shift)),
    ("kind", Key(.down, .shift)), ("kri", Key(.up, .shift)),
  ]

  private static let functions: [(String, Key)] = (1...12).map { ("kf\($0)", Key(.function($0))) }

  private static let modified: [(String, Key)] =
    [
      ("kUP", .up), ("kDN", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home),
      ("kEND", .end), ("kPRV", .pageUp), ("kNXT", .pageDown), ("kIC", .insert), ("kDC", .delete),
    ].flatMap { (name: String, code: Key.Code) in
      (3...8).map { number in
        ("\(name)\(number)", Key(code, Key.Modifiers(rawValue: UInt8(number - 1))))
      }
    }
}
