import BlitzCore
import BlitzIO

/// A plane as a file that other programs read.
struct ImageDocument {
  let plane: ImagePlane
  let view: ViewFlags
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
    case .png: try (codes ?? colored).write(to: destination.open())
    case .tif, .csv, .mp4:
      throw BlitzError(.usage, "-o", "\(destination.format.rawValue) is not written here")
    }
  }

  private var shape: StackShape {
    let shape = StackShape(
      frames: 1, rows: plane.rows, columns: plane.columns, channels: plane.channels)
    guard let shape else { preconditionFailure("a plane is a frame of some stack") }
    return shape
  }

  /// Samples that a picture holds without loss, unless colours are asked for.
  private var codes: Picture? {
    guard let storedAs, !view.asksForColors else { return nil }
    let isNarrow = storedAs.byteCount == 1 || !storedAs.isInteger
    return isNarrow
      ? Picture(codes: plane, isWide: false) ?? Picture(codes: plane, isWide: true)
      : Picture(codes: plane, isWide: true)
  }

  private var colored: Picture {
    let coloring = Coloring(view, fitting: plane)
    console.say("\(coloring.text), colour map \(coloring.table.name), 8 bits")
    return Picture(plane, coloring)
  }
}
