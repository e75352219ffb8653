@testable import BlitzIO
import BlitzCore

extension FuzzTarget {
  /// Plans for any extents, options and limits: they never exceed the limit nor leave the source.
  static let loadPlan = FuzzTarget(
    name: "load-plan", texts: ["\u{3}\u{4}\u{2}\u{2}", "abcdefghijklmnopqrstuvwxyz"], longest: 160
  ) { bytes in
    var numbers = Numbers(bytes)
    guard
      let shape = StackShape(
        frames: numbers.number(in: 1...1 << 24), rows: numbers.number(in: 1...1 << 16),
        columns: numbers.number(in: 1...1 << 16), channels: numbers.number(in: 1...4))
    else { throw Violation("extents within their limits are refused") }
    let types: [SampleType] = [.u8, .u16, .f32, .f64]
    let reader = AnnouncedStack(
      description: StackDescription(
        format: "png", shape: shape, sampleType: types[Int(numbers.byte()) % types.count]))
    let options = options(&numbers)
    let recording = Recording(FilePath("shot"), reader, options, isVerified: true)
    let memory = MemoryBudget([.init(.machine, bytes: numbers.edge())])
    let access: [LoadPlan.Access] = [
      .anyTime, .everyFrame, .inOrder(reach: numbers.edge()),
    ]
    guard
      let plan = try? LoadPlan.make(
        for: recording, options: options, memory: memory,
        access: access[Int(numbers.byte()) % access.count])
    else { return }
    try require(plan.bytes <= plan.limitBytes, "\(plan.bytes) bytes, limit \(plan.limitBytes)")
    try require(plan.frames.end <= shape.frames, "frames \(plan.frames.text) of \(shape.frames)")
    try require(plan.shape.frames == plan.frames.count, "\(plan.shape) of \(plan.frames.text)")
    try require(
      plan.strategy == .step || plan.step == options.range.step, "frames dropped unasked")
  }

  private static func options(_ numbers: inout Numbers) -> LoadOptions {
    var options = LoadOptions()
    let bounds = (numbers.edge(), numbers.edge(), numbers.number(in: 1...1 << 20))
    options.range = FrameSlice("\(bounds.0):\(bounds.1):\(bounds.2)") ?? .all
    if numbers.byte() & 1 == 1 {
      options.crop = LoadOptions.Crop(
        x: numbers.edge(), y: numbers.edge(), width: numbers.edge(), height: numbers.edge())
    }
    options.size = Double(numbers.number(in: 1...1000)) / 1000
    options.color = numbers.byte() & 1 == 1
    options.eightBit = numbers.byte() & 1 == 1
    options.maxRAM = numbers.byte() & 1 == 1 ? numbers.number(in: 1...1 << 62) : nil
    let wishes = LoadOptions.OnExceed.allCases
    options.onExceed = wishes[Int(numbers.byte()) % wishes.count]
    options.threads = numbers.number(in: 1...256)
    options.ignoresCache = true
    return options
  }
}

/// A stack of which only the header exists.
private struct AnnouncedStack: StackReader {
  let description: StackDescription

  func decode(_ index: Int, color: Bool, into frame: DecodedFrame) throws(BlitzError)
    -> FrameCondition
  { .damaged }
}
