/// A reduction of many frames to one, sample by sample; NaN is left out.
///
/// The raw value is the name on the command line and on the screen.
public enum Projection: String, CaseIterable, Hashable, Sendable {
  case mean, std, min, max, median, sum
}

/// What a standard deviation is divided by: the number of samples less this.
public enum DegreesOfFreedom: Int, Sendable {
  /// N: the deviation of just these frames, as in NumPy.
  case population = 0
  /// N - 1: the estimate for the process they are drawn from, as in ImageJ; 0 for one sample.
  case sample = 1
}
