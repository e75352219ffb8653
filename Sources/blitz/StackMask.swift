import BlitzCore
import BlitzIO
import BlitzKernels

/// Brings a mask to the samples of a stack.
struct StackMask {
  let mask: FrameMask
  let options: LoadOptions
  let work: Work

  /// Which samples of a frame count.
  ///
  /// - Throws: `usage` when the mask keeps no pixel, or an image does not go with the stack, or what
  ///   reading it throws.
  func plane(of stack: OpenedStack) throws(BlitzError) -> MaskPlane {
    switch mask {
    case .region(let region):
      guard let plane = MaskPlane(keeping: region, in: stack.plan.shape) else {
        throw BlitzError(
          .usage, "--mask \(mask.text)", "lies outside the frames of \(size(stack.plan.shape))",
          hint: "it names the pixels to keep, as loaded: after --crop and --size")
      }
      return plane
    case .file(let path): return try file(path, of: stack)
    }
  }

  /// An image in the recording's size, cropped and scaled like its frames, or in the loaded size.
  private func file(_ path: String, of stack: OpenedStack) throws(BlitzError) -> MaskPlane {
    var options = options
    (options.eightBit, options.normalize, options.color) = (false, false, false)
    (options.range, options.size) = (.all, 1)
    let reference = try Recording.open(
      PathArgument(argument: path).location, options: options
    ).verified()
    let (shape, loaded) = (reference.description.shape, stack.plan.shape)
    let source = stack.recording.description.shape
    let isSource = shape.hasSize(of: source)
    guard shape.frames == 1, isSource || shape.hasSize(of: loaded) else {
      throw BlitzError(
        .usage, "--mask \(path)",
        "is \(shape.text); the recording is \(size(source)), loaded as \(size(loaded))",
        hint: "use one image in one of these sizes; what is not 0 in it stays")
    }
    if !isSource { options.crop = nil }
    let image = try ImagePlane(
      frame: 0, of: OpenedStack.open(reference, options, work.quietly).source)
    guard
      let plane = MaskPlane(
        keeping: image.samples.span, rows: image.rows, columns: image.columns, in: loaded)
    else {
      throw BlitzError(
        .usage, "--mask \(path)", "keeps no pixel", hint: "what is not 0 in the image stays")
    }
    return plane
  }

  private func size(_ shape: StackShape) -> String { "\(shape.columns)x\(shape.rows)" }
}
