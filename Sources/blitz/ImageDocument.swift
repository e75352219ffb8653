import BlitzCore
import BlitzIO
import BlitzTUI

/// A plane as a file that other programs read.
struct ImageDocument {
  let plane: ImagePlane
  private var regions: [RegionOfInterest] = []
  /// True where a picture of the colours is asked for, whatever the samples are.
  private var isColored = false
  /// How the samples are stored in the recording; nil for those that were computed, which are no
  /// codes of a camera even when they are whole, and for those that are to be shown as colours.
  let storedAs: SampleType?
  let console: Console
  /// Colours for samples that the file cannot hold as they are.
  let coloring: (ImagePlane) -> Coloring

  /// As a command's view options say; regions are drawn over it where it is a picture.
  init(
    _ plane: ImagePlane, storedAs: SampleType?, _ view: ViewFlags,
    regions: [RegionOfInterest] = [], _ console: Console
  ) {
    self.init(plane, storedAs: storedAs, console) { Coloring(view, fitting: $0) }
    self.regions = regions
    isColored = view.asksForColors || !regions.isEmpty
  }

  /// In colours of a choice; none are asked for where the file holds the samples themselves.
  init(
    _ plane: ImagePlane, storedAs: SampleType?, _ console: Console,
    coloring: @escaping (ImagePlane) -> Coloring
  ) {
    (self.plane, self.storedAs, self.console) = (plane, storedAs, console)
    self.coloring = coloring
  }

  /// Writes the file.
  ///
  /// - Throws: What the output throws; `usage` for a format that holds no image.
  func write(to destination: Destination) throws(BlitzError) {
    switch destination.format {
    case .npy:
      var writer = try NumPyWriter(destination.open(), shape: shape, isStack: false)
      try writer.write(plane.samples.span)
      try writer.commit()
    case .png:
      try ((isColored ? nil : codes) ?? colored).write(to: destination.open())
    case .tif:
      var writer = try TIFFWriter(
        destination.open(), shape: shape, type: tiffType, display: coloring(plane).levels)
      try writer.write(plane.samples.span)
      try writer.commit()
    case .csv, .mp4:
      throw BlitzError(.usage, "-o", "\(destination.format.rawValue) is not written here")
    }
  }

  private var shape: StackShape {
    let shape = StackShape(
      frames: 1, rows: plane.rows, columns: plane.columns, channels: plane.channels)
    guard let shape else { preconditionFailure("a plane is a frame of some stack") }
    return shape
  }

  /// Samples that a picture holds without loss.
  private var codes: CodeImage? {
    guard let storedAs else { return nil }
    let isNarrow = storedAs.byteCount == 1 || !storedAs.isInteger
    return isNarrow
      ? CodeImage(codes: plane, isWide: false) ?? CodeImage(codes: plane, isWide: true)
      : CodeImage(codes: plane, isWide: true)
  }

  /// The type of the codes, where the samples are such.
  private var tiffType: SampleType {
    switch codes?.codes {
    case .bytes: .u8
    case .words: .u16
    case nil: .f32
    }
  }

  private var colored: CodeImage {
    let coloring = coloring(plane)
    console.say("\(coloring.text), colour map \(coloring.table.name), 8 bits")
    return CodeImage(plane, coloring, RegionOutlines(regions))
  }
}
