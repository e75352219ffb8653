/// Work that update asks for; performed outside, answered by messages.
public enum Effect: Equatable, Sendable {
  /// Load this position next.
  case want(position: Int)
  /// Stop loading; what has arrived stays.
  case cancelLoad
  /// Stop computing the projection.
  case cancelProjection
  /// Decode the recording to disk.
  case buildCache
  /// Stop that; nothing of it stays.
  case cancelCache
  /// Send `quitExpired` in two seconds.
  case armQuit
  /// Paint everything anew.
  case redraw
  /// Stop like any job of the shell.
  case suspend
  /// Leave.
  case exit
}
