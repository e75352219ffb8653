public import BlitzCore

/// Work that update asks for; performed outside, answered by messages.
public enum Effect: Equatable, Sendable {
  /// Load this position next.
  case want(position: Int)
  /// Stop loading; what has arrived stays.
  case cancelLoad
  /// Stop computing a projection of frames with these corrections; what there is of it is shown.
  case stopProjection(Plane, Corrections)
  /// Decode the recording to disk.
  case buildCache
  /// Stop that; nothing of it stays.
  case cancelCache
  /// Write an export to a file; `overwrites` allows one that exists to be replaced.
  case save(ExportRequest, name: String, overwrites: Bool)
  /// Stop writing exports; what is not complete is not there.
  case cancelSaving
  /// List the recording's files.
  case listFiles
  /// Hand text to the terminal's clipboard.
  case copy(String)
  /// Send `quitExpired` in two seconds.
  case armQuit
  /// Paint everything anew.
  case redraw
  /// Stop like any job of the shell.
  case suspend
  /// Keep the position for the next visit.
  case remember(ViewerPosition)
  /// Leave.
  case exit
}
