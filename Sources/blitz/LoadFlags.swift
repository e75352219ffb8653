import ArgumentParser
import BlitzCore
import BlitzIO

/// The load options that every command with a PATH takes; they end here as `LoadOptions`.
struct LoadFlags: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Frames to load, from 0, B excluded; negative counts from the end.",
      valueName: "A:B[:S]"),
    transform: { try value($0, "A:B or A:B:S with S >= 1") { FrameSlice($0) } })
  var range = FrameSlice.all

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Keep a rectangle of source pixels.", valueName: "x,y,w,h"),
    transform: { try value($0, "x,y,w,h in whole pixels", read: LoadOptions.Crop.init(parsing:)) })
  var crop: LoadOptions.Crop?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Scale of the edges, 0 < R <= 1, area average.", valueName: "R"),
    transform: {
      try value($0, "a number above 0 and up to 1") {
        Double($0).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }
      }
    })
  var size = 1.0

  @Flag(help: "Gray (the default).")
  var gray = false

  @Flag(help: "Keep three colour channels.")
  var color = false

  @Option(
    parsing: .unconditional, help: "Limited-range video luma: expand or raw.", transform: choice)
  var luma = LoadOptions.Luma.expand

  @Flag(help: "Scale samples to 0...255, truncated.")
  var eightBit = false

  @Flag(help: "Scale each frame to its own 0...1.")
  var normalize = false

  @Option(
    parsing: .unconditional, help: "Images of another size: skip, crop or error.", transform: choice
  )
  var mixed = LoadOptions.MixedSizes.skip

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Memory to use at most; k, M, G, T are powers of 1024.", valueName: "4G"),
    transform: { try value($0, "a number with k, M, G or T", read: byteCount) })
  var maxRam: Int?

  @Option(
    parsing: .unconditional,
    help: "When the stack does not fit: auto, compact, map, cache, step or error.",
    transform: choice)
  var onExceed = LoadOptions.OnExceed.auto

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Threads to use.", valueName: "N"),
    transform: {
      try value($0, "a whole number from 1 to 256") { Int($0).flatMap { 1...256 ~= $0 ? $0 : nil } }
    })
  var threads: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Frames per second, such as 20000 or 30000/1001.", valueName: "F"),
    transform: { try value($0, "a number or a fraction above 0") { FrameRate($0) } })
  var fps: FrameRate?

  @Flag(help: "Do not read a decode-once cache.")
  var noCache = false

  func validate() throws {
    if gray, color { throw ValidationError("--gray and --color exclude each other") }
  }

  /// The options as the loader takes them.
  var options: LoadOptions {
    var options = LoadOptions()
    options.range = range
    options.crop = crop
    options.size = size
    options.color = color
    options.luma = luma
    options.eightBit = eightBit
    options.normalize = normalize
    options.mixed = mixed
    options.maxRAM = maxRam
    options.onExceed = onExceed
    options.threads = threads
    options.framesPerSecond = fps
    options.ignoresCache = noCache
    return options
  }
}

/// Reads an option's text or says what was expected; a following option is never taken as the value.
func value<Value>(
  _ text: String, _ expected: String, read: (String) -> Value?
) throws -> Value {
  guard !text.hasPrefix("--"), let value = read(text) else {
    throw ValidationError("expected \(expected), not '\(PrintableText(text))'")
  }
  return value
}

/// Reads one of an option's words.
func choice<Value>(_ text: String) throws -> Value
where Value: RawRepresentable<String> & CaseIterable {
  let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
  return try value(text, "one of \(words)") { Value(rawValue: $0) }
}
