import BlitzCore

/// One piece of work to be timed.
struct Benchmark {
  let name: String
  /// Bytes of samples that the work goes through, for the rate.
  let bytes: Int
  /// Makes what the work needs, off the clock, and returns the work.
  let prepare: () throws -> () throws -> Void
}

/// Seconds that one benchmark took.
struct Timing {
  let seconds: [Double]

  /// Runs a benchmark once to warm up and `runs` times on the clock.
  init(_ benchmark: Benchmark, runs: Int) throws {
    let work = try benchmark.prepare()
    try work()
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for _ in 0..<runs {
      let duration = try clock.measure { try work() }
      seconds.append(
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18)
    }
    self.seconds = seconds.sorted()
  }

  /// `name, bytes, best and median seconds`, as the scripts read it.
  func row(_ benchmark: Benchmark) -> String {
    "\(benchmark.name)\t\(benchmark.bytes)\t\(seconds[0])\t\(seconds[seconds.count / 2])"
  }
}
