import BlitzCore
import BlitzIO
import BlitzKernels
import BlitzModel

/// Brings what corrections name to samples, and puts them between a stack and its reader.
struct CorrectedStack {
  let corrections: Corrections
  let options: LoadOptions
  let work: Work

  /// The stack, corrected; itself where there is nothing to do.
  ///
  /// - Parameter preparing: Hears what comes next, so that an error can be told by it.
  /// - Throws: `usage` when a correction names frames or a file that do not go with the stack, or
  ///   what reading them throws.
  func apply(
    to stack: OpenedStack, preparing: (CorrectionFault.Part) -> Void = { _ in }
  ) throws(BlitzError) -> OpenedStack {
    guard !corrections.isEmpty else { return stack }
    let subtract = try corrections.subtract.map { correction throws(BlitzError) in
      preparing(.side(.subtract))
      return try operand(correction, of: stack, "--subtract")
    }
    let divide = try corrections.divide.map { correction throws(BlitzError) in
      preparing(.side(.divide))
      return try operand(correction, of: stack, "--divide")
    }
    if case .plane(let plane) = divide { report(plane) }
    let mask = try corrections.mask.map { mask throws(BlitzError) in
      preparing(.mask)
      return try StackMask(mask: mask, options: options, work: work).plane(of: stack)
    }
    let corrected = CorrectedSource(
      stack.source, subtract: subtract, divide: divide,
      amounts: (corrections.subtract?.amount ?? 1, corrections.divide?.amount ?? 1), mask: mask)
    // Every operand was made to fit.
    guard let corrected else { return stack }
    return OpenedStack(stack, corrected, corrections: text)
  }

  /// What is done, in the words of the command line.
  private var text: [String] {
    [
      corrections.subtract.map { "subtract \($0.text)" },
      corrections.divide.map { "divide \($0.text)" },
      corrections.mask.map { "mask \($0.text)" },
    ].compactMap(\.self)
  }

  /// Says how many pixels have nothing to be divided by.
  private func report(_ plane: [Float]) {
    let amount = corrections.divide?.amount ?? 1
    let zeros = plane.count { amount * Double($0) + (1 - amount) == 0 }
    if zeros > 0 {
      work.console.say("divide: \(zeros) samples of a frame are divided by 0: set to 0")
    }
  }

  private func operand(
    _ correction: Correction, of stack: OpenedStack, _ name: String
  ) throws(BlitzError) -> CorrectedSource.Operand {
    switch correction.source {
    case .window(let window):
      try check(window, of: stack, name)
      return .window(window)
    case .projection(let operation, let slice):
      return .plane(try projection(operation, slice, of: stack))
    case .file(let path): return try file(path, of: stack, name)
    }
  }

  /// Refuses a window that no frame of the stack has.
  private func check(
    _ window: SlidingWindow, of stack: OpenedStack, _ name: String
  ) throws(BlitzError) {
    let count = stack.plan.frames.count
    guard window.framesWithWindow(in: count).isEmpty else { return }
    var lag = 0
    if case .slide(let frames) = window.kind { lag = frames }
    throw BlitzError(
      .usage, "\(name) \(Correction(.window(window))?.text ?? "")",
      "needs \(lag + window.length + 1) frames or more; there are \(count)",
      hint: "make the window or its lag shorter")
  }

  /// A projection of raw frames, of all that the slice names whatever the range is.
  private func projection(
    _ operation: Projection, _ slice: FrameSlice, of stack: OpenedStack
  ) throws(BlitzError) -> [Float] {
    if let positions = stack.positions(of: slice) {
      let images = try StackProjector(stack.source, threads: stack.threads).project(
        [operation], over: positions, cancellation: work.interruption.flag)
      return images.floatPlane(operation) ?? []
    }
    var options = options
    options.range = slice
    let raw = try OpenedStack.open(stack.recording, options, work.quietly)
    let planes = try StackReduction(raw, work.quietly).planes([operation], freedom: .population)
    return planes[operation] ?? []
  }

  /// One frame for all, or as many as the recording has, in its size or in the loaded one.
  private func file(
    _ path: String, of stack: OpenedStack, _ name: String
  ) throws(BlitzError) -> CorrectedSource.Operand {
    var options = options
    (options.eightBit, options.normalize, options.range) = (false, false, .all)
    let location = PathArgument(argument: path).location
    let reference = try Recording.open(location, options: options).verified()
    let (shape, source) = (reference.description.shape, stack.recording.description.shape)
    let loaded = stack.plan.shape
    if !shape.hasSize(of: source) {
      guard shape.hasSize(of: loaded) else { throw refusal(name, path, shape, source, loaded) }
      (options.crop, options.size) = (nil, 1)
    }
    if shape.frames == 1 {
      let plane = try ImagePlane(
        frame: 0, of: OpenedStack.open(reference, options, work.quietly).source)
      return .plane(plane.samples.repeated(loaded.channels / plane.channels))
    }
    guard shape.frames == source.frames else { throw refusal(name, path, shape, source, loaded) }
    options.range = FrameSlice(stack.plan.frames)
    let frames = try OpenedStack.open(reference, options, work.quietly)
    guard frames.source.shape == loaded else { throw refusal(name, path, shape, source, loaded) }
    return .frames(frames.source)
  }

  private func refusal(
    _ name: String, _ path: String, _ shape: StackShape, _ source: StackShape, _ loaded: StackShape
  ) -> BlitzError {
    BlitzError(
      .usage, "\(name) file:\(path)",
      "is \(shape.text); the recording is \(source.text), loaded as \(loaded.text)",
      hint: "use a file of one frame, or of as many as the recording has, in one of these sizes")
  }
}

extension OpenedStack {
  /// The positions of all frames that a slice names, where every one of them is there to be read.
  fileprivate func positions(of slice: FrameSlice) -> FrameRange? {
    guard stretchFrames == nil, plan.frames.step == 1,
      let range = slice.resolve(frames: recording.description.shape.frames),
      range.start >= plan.frames.start, range.last < plan.frames.end,
      let positions = FrameRange(
        start: range.start - plan.frames.start, end: range.end - plan.frames.start,
        step: range.step),
      (0..<positions.count).allSatisfy({ source.condition(of: positions[$0]) != .pending })
    else { return nil }
    return positions
  }
}

extension StackShape {
  func hasSize(of other: StackShape) -> Bool {
    rows == other.rows && columns == other.columns
  }

  /// `180 frames of 640x480`, with `x3` for colour.
  var text: String {
    "\(frames) frame\(frames == 1 ? "" : "s") of \(columns)x\(rows)"
      + (channels > 1 ? "x\(channels)" : "")
  }
}

extension [Float] {
  /// Every sample as often in a row: gray for each channel of a colour.
  fileprivate func repeated(_ times: Int) -> [Float] {
    times <= 1 ? self : flatMap { repeatElement($0, count: times) }
  }
}
