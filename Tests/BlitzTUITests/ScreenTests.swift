import Testing

/// Tests that use ncurses or the signal handlers, of which a process has one: one after the other.
@Suite(.serialized) enum ScreenTests {}
