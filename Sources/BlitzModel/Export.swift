public import BlitzCore

/// What can be saved from the viewer.
public enum Export: String, CaseIterable, Hashable, Sendable {
  /// What the image pane shows, every loaded pixel of it, in the colours of the screen.
  case picture
  /// The samples of the frame.
  case frame
  /// The samples of the projection that is shown.
  case projection
  /// The statistic of every region over all frames.
  case trace
  /// The samples along the row or the column through the crosshair.
  case rowProfile, columnProfile

  /// What it is called in prompts and messages.
  public var title: String {
    switch self {
    case .picture: "picture"
    case .frame: "frame"
    case .projection: "projection"
    case .trace: "trace"
    case .rowProfile: "row profile"
    case .columnProfile: "column profile"
    }
  }

  /// The endings that its file may have; the first is suggested.
  public var endings: [String] {
    switch self {
    case .picture: ["png"]
    case .frame, .projection: ["npy", "png", "tif"]
    case .trace, .rowProfile, .columnProfile: ["csv"]
    }
  }
}

/// All that an export depends on, as it was when the export was asked for: what plays on meanwhile
/// does not change it.
public struct ExportRequest: Equatable, Sendable {
  /// What to save.
  public let export: Export
  /// The frame or the projection that it is made from.
  public let plane: Plane
  /// What is done to frames first.
  public let corrections: Corrections
  /// Levels and colours, for what is saved in colours.
  public let display: Display
  /// How the image lies on the screen, for what is saved as it is seen.
  public let orientation: Orientation
  /// The regions whose traces are saved, each with a name, and of which statistic.
  public let regions: [RegionOfInterest]
  /// What is measured of them.
  public let statistic: RegionStatistics.Statistic
  /// Where the profiles cross.
  public let crosshair: PixelPoint?
  /// Rows or columns that a profile is the mean of.
  public let profileWidth: Int
}

/// How an export ended.
public enum ExportOutcome: Equatable, Sendable {
  /// The file is there; a line that says so.
  case saved(PrintableText)
  /// The name will not do, or stands for a file that exists; why. Another is asked for.
  case refused(ExportRequest, name: String, PrintableText)
  /// Nothing was written; a line that says why.
  case failed(PrintableText)
}
