import ArgumentParser
import BlitzCore
import BlitzIO

/// What is done to the samples after loading, the same for every command.
struct CorrectionFlags: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Subtract from every frame: \(Correction.grammar).", valueName: "SPEC"),
    transform: correction)
  var subtract: Correction?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Divide every frame; SPEC as for --subtract.", valueName: "SPEC"),
    transform: correction)
  var divide: Correction?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Leave out all pixels but those of a region, or those not 0 in an image: \(FrameMask.grammar).",
      valueName: "MASK"),
    transform: { text in
      guard !text.hasPrefix("--") else {
        throw ValidationError("expected a mask, not '\(PrintableText(text))'")
      }
      return try FrameMask(parsing: text)
    })
  var mask: FrameMask?

  /// The options as one value.
  var corrections: Corrections { Corrections(subtract: subtract, divide: divide, mask: mask) }

  /// True when frames are corrected by their neighbours.
  var hasWindow: Bool { windows.count > 0 }

  /// The windows that move along.
  var windows: [SlidingWindow] {
    [subtract, divide].compactMap { correction in
      if case .window(let window) = correction?.source { window } else { nil }
    }
  }

  /// How frames are read that are needed one after the other, once.
  ///
  /// A projection to correct by is a reading of its own, which a stack in memory makes cheap.
  var access: LoadPlan.Access {
    let readsAhead = [subtract, divide].contains { correction in
      if case .projection = correction?.source { true } else { false }
    }
    return readsAhead ? .everyFrame : .inOrder(reach: windows.map(\.length).max() ?? 1)
  }

  /// The frames that all windows reach, by their positions.
  ///
  /// - Throws: `usage` when there are none.
  func positions(in stack: OpenedStack) throws(BlitzError) -> Range<Int> {
    let count = stack.plan.frames.count
    let reached = windows.reduce(0..<count) { $0.clamped(to: $1.framesWithWindow(in: count)) }
    guard !reached.isEmpty else {
      throw BlitzError(
        .usage, "window", "reaches none of the \(count) frames", hint: "make it or its lag shorter")
    }
    return reached
  }

  /// The stack, corrected as asked for.
  func apply(
    to stack: OpenedStack, _ options: LoadOptions, _ work: Work
  ) throws(BlitzError) -> OpenedStack {
    try CorrectedStack(corrections: corrections, options: options, work: work).apply(to: stack)
  }
}

/// Reads a correction; its own words say what is wrong with it.
@Sendable private func correction(_ text: String) throws -> Correction {
  guard !text.hasPrefix("--") else {
    throw ValidationError("expected a correction, not '\(PrintableText(text))'")
  }
  return try Correction(parsing: text)
}
