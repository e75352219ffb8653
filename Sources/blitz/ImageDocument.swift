import BlitzCore
import BlitzIO
import BlitzTUI

/// A plane as a file that other programs read.
struct ImageDocument {
  let plane: ImagePlane
  let view: ViewFlags
  /// Drawn over it where it is a picture.
  var regions: [RegionOfInterest] = []
  /// How the samples are stored in the recording; nil for those that were computed, which are no
  /// codes of a camera even when they are whole.
  let storedAs: SampleType?
  let console: Console

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
      let isData = !view.asksForColors && regions.isEmpty
      try ((isData ? codes : nil) ?? colored).write(to: destination.open())
    case .tif:
      let levels = Coloring(view, fitting: plane).levels
      var writer = try TIFFWriter(
        destination.open(), shape: shape, type: tiffType, display: levels)
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
    let coloring = Coloring(view, fitting: plane)
    console.say("\(coloring.text), colour map \(coloring.table.name), 8 bits")
    return CodeImage(plane, coloring, RegionOutlines(regions))
  }
}
