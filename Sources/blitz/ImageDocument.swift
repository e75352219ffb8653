import BlitzCore
import BlitzIO
import BlitzTUI

/// A plane as a file that other programs read.
struct ImageDocument {
  let plane: ImagePlane
  /// How the samples are stored in the recording; nil for those that were computed, which are no
  /// codes of a camera even when they are whole.
  let storedAs: SampleType?
  /// True where a picture is to show colours, whatever the samples are.
  let showsColors: Bool
  /// Drawn over it where it is a picture.
  let regions: [RegionOfInterest]
  /// What the samples lack, for a file that has words; nil for nothing.
  let remark: String?
  let console: Console
  /// Colours for samples that the file cannot hold as they are.
  let coloring: (ImagePlane) -> Coloring

  /// As a command's view options say.
  init(
    _ plane: ImagePlane, storedAs: SampleType?, _ view: ViewFlags, _ console: Console,
    regions: [RegionOfInterest] = []
  ) {
    self.init(
      plane, storedAs: storedAs, console, showsColors: view.asksForColors || !regions.isEmpty,
      regions: regions
    ) { Coloring(view, fitting: $0) }
  }

  /// In colours of a choice; none are asked for where the file holds the samples themselves.
  init(
    _ plane: ImagePlane, storedAs: SampleType?, _ console: Console, showsColors: Bool = false,
    regions: [RegionOfInterest] = [], remark: String? = nil,
    coloring: @escaping (ImagePlane) -> Coloring
  ) {
    (self.plane, self.storedAs, self.console) = (plane, storedAs, console)
    (self.showsColors, self.regions, self.remark) = (showsColors, regions, remark)
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
      try ((showsColors ? nil : codes) ?? colored).write(to: destination.open())
    case .tif:
      let levels = coloring(plane).levels
      var writer = try TIFFWriter(
        destination.open(), shape: shape, type: tiffType, display: levels, remark: remark)
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
