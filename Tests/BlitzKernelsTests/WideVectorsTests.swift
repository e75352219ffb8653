@testable import BlitzKernels
import BlitzTestSupport
import Testing

struct WideVectorsTests {
  /// Accumulators of a band, as a fold keeps them.
  private struct Accumulators: Equatable {
    var sums, squares: [UInt64]
    var lows, highs: [UInt32]

    /// Moments that nobody asked for may hold anything.
    func isEqual(to other: Self, in parts: MomentParts) -> Bool {
      (!parts.contains(.sum) || sums == other.sums)
        && (!parts.contains(.squares) || squares == other.squares)
        && (!parts.contains(.low) || lows == other.lows)
        && (!parts.contains(.high) || highs == other.highs)
    }
  }

  private func samples(_ count: Int) -> [Float] {
    var samples = TestSamples.uniform(seed: 21, count: count, from: -1e4, to: 1e4)
    for (i, odd) in [Float.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 3e38]
      .enumerated()
    where i * 5 < count { samples[i * 5] = odd }
    return samples
  }

  private func start(_ size: Int) -> (moments: BlockMoments, squares: [SIMD4<Double>]) {
    var moments = BlockMoments()
    moments.sums = .init(repeating: [0, 1, -1, 0.1], count: laneGroups(size))
    moments.lows = .init(repeating: .init(repeating: .infinity), count: laneGroups(size))
    moments.highs = .init(repeating: .init(repeating: -.infinity), count: laneGroups(size))
    return (moments, moments.sums)
  }

  /// Folds chunks one after the other.
  private func fold(
    _ chunks: [FrameChunk], _ samples: [Float], _ parts: MomentParts
  ) -> Accumulators {
    let shift = [Float](samples.prefix(4 * laneGroups(chunks[0].size)))
    var (moments, squares) = start(chunks[0].size)
    var first = 0
    for chunk in chunks {
      let frames = samples.span.extracting(first * chunk.stride..<samples.count)
      chunk.fold(frames, parts, about: shift, squares: &squares, &moments)
      first += chunk.frames
    }
    return Accumulators(
      sums: moments.sums.flatMap { sum in (0..<4).map { sum[$0].bitPattern } },
      squares: squares.flatMap { square in (0..<4).map { square[$0].bitPattern } },
      lows: moments.lows.flatMap { low in (0..<4).map { low[$0].bitPattern } },
      highs: moments.highs.flatMap { high in (0..<4).map { high[$0].bitPattern } })
  }

  private static let parts: [MomentParts] = [
    .sum, .low, .high, [.low, .high], [.sum, .squares], [.sum, .low], .all,
  ]

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 3, 4, 5, 8, 31, 64, 129])
  func theyChangeNoBit(size: Int) {
    let stride = size + 3
    for frames in [1, 3, 4, 5, 8, 11] {
      let samples = samples(frames * stride)
      for parts in Self.parts {
        let chunk = FrameChunk(stride: stride, size: size, frames: frames)
        let narrow = FrameChunk(stride: stride, size: size, frames: frames, isWide: false)
        let (one, other) = (fold([chunk], samples, parts), fold([narrow], samples, parts))
        #expect(one.isEqual(to: other, in: parts), "\(frames) frames, \(parts)")
      }
    }
  }

  @Test(arguments: [true, false])
  func aChunkIsFourFramesAfterTheOther(isWide: Bool) {
    func chunk(_ frames: Int) -> FrameChunk {
      FrameChunk(stride: 40, size: 37, frames: frames, isWide: isWide && WideVectors.areThere)
    }
    let samples = samples(11 * 40)
    for parts in Self.parts {
      let together = fold([chunk(11)], samples, parts)
      #expect(together == fold([chunk(4), chunk(4), chunk(1), chunk(2)], samples, parts))
    }
  }

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 2, 33])
  func deviationsAndTheirMergeAreTheSame(groups: Int) {
    let shift = TestSamples.uniform(seed: 6, count: 4 * groups, from: -1e4, to: 1e4)
    var (moments, squares) = start(4 * groups)
    for i in 0..<groups {
      for lane in 0..<4 {
        moments.sums[i][lane] = Double(shift[4 * i + lane]) * 96 + Double(lane * i)
        squares[i][lane] = Double(i * i) * 1e3 + Double(lane)
      }
    }
    squares[0] = [-1, 0, .nan, .infinity]
    moments.frames = 96
    moments.deviations = .init(repeating: .zero, count: groups)
    let done = WideVectors.deviations(&moments, squares: squares, about: shift, count: 96)
    #expect(done == groups)
    var merged = squares
    let mergedGroups = WideVectors.merge(moments, into: &merged, sums: squares, frames: 31)
    #expect(mergedGroups == groups)
    for i in 0..<4 * groups {
      let (group, lane) = (i / 4, i % 4)
      let moved = moments.sums[group][lane] - 96 * Double(shift[i])
      let variance = (squares[group][lane] - moved * moved * (1.0 / 96)) * (1.0 / 96)
      let deviation = Float((variance < 0 ? 0 : variance).squareRoot())
      #expect(moments.deviations[group][lane].bitPattern == deviation.bitPattern)
      let distance = moments.sums[group][lane] * (1.0 / 96) - squares[group][lane] * (1.0 / 31)
      let own = Double(deviation) * Double(deviation) * 96
      let weight: Double = 31.0 * 96 / 127
      let expected = squares[group][lane] + (own + distance * distance * weight)
      #expect(merged[group][lane].bitPattern == expected.bitPattern)
    }
  }

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 4, 7, 64, 130])
  func aWindowMovesTheSame(size: Int) {
    let oldest = TestSamples.uniform(seed: 3, count: size, from: -5, to: 5)
    let newest = TestSamples.uniform(seed: 4, count: size, from: -5, to: 1e6)
    var sums = [SIMD4<Double>](repeating: [0, 1, -1, 0.1], count: laneGroups(size))
    var means = [Float](repeating: 0, count: size)
    var expected: [Double] = []
    for i in 0..<size {
      let sum: Double = sums[i / 4][i % 4] + Double(newest[i])
      expected.append(sum - Double(oldest[i]))
    }
    var span = means.mutableSpan
    let done = WideVectors.slide(&sums, 0.25, oldest.span, newest.span, &span)
    #expect(done == size / 4)
    for i in 0..<4 * done {
      #expect(sums[i / 4][i % 4].bitPattern == expected[i].bitPattern)
      #expect(means[i] == Float(expected[i] * 0.25))
    }
  }

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 2, 3, 16, 17, 500])
  func mediansCountTheSame(count: Int) throws {
    let samples = samples(8 * count).map { $0.isFinite ? $0.rounded() : $0 }
    let values = (0..<count).map { time in
      SIMD8<Float>((0..<8).map { samples[8 * time + $0] })
    }
    let pivot = values[count / 2]
    let counted = WideVectors.count(of: values.span, below: pivot)
    let surveyed = WideVectors.survey(values.span)
    let (below, survey) = (try #require(counted), try #require(surveyed))
    for lane in 0..<8 {
      let all = values.map { $0[lane] }
      let numbers = all.filter { !$0.isNaN }
      #expect(Int(below[lane]) == all.count { $0 < pivot[lane] })
      #expect(Int(survey.numbers[lane]) == numbers.count)
      #expect(survey.lows[lane] == numbers.min() ?? .infinity)
      #expect(survey.highs[lane] == numbers.max() ?? -.infinity)
    }
  }

  @Test(.enabled("no AVX2") { WideVectors.areThere }, arguments: [1, 2, 33, 5000])
  func narrowValuesCountTheSame(count: Int) throws {
    let samples = TestSamples.uniform(seed: 5, count: 8 * count, from: -100, to: 65_435)
    let values = (0..<count).map { time in
      SIMD8<Float>((0..<8).map { samples[8 * time + $0].rounded() })
    }
    var distances = [SIMD8<Int16>](repeating: .zero, count: count)
    let isNarrowed = WideVectors.narrow(values.span, from: .init(repeating: -100), into: &distances)
    #expect(isNarrowed)
    for (value, distance) in zip(values, distances) {
      for lane in 0..<8 { #expect(Int(distance[lane]) == Int(value[lane]) + 100 - 32768) }
    }
    let pivot = distances[count / 2]
    let counted = WideVectors.count(of: distances.span, above: pivot)
    let above = try #require(counted)
    for lane in 0..<8 {
      #expect(Int(above[lane]) == distances.count { $0[lane] > pivot[lane] })
    }
    let found = WideVectors.smallest(of: distances.span, above: pivot)
    let smallest = try #require(found)
    for lane in 0..<8 {
      let larger = distances.map { $0[lane] }.filter { $0 > pivot[lane] }
      #expect(smallest[lane] == larger.min() ?? .max)
    }
    let survey = WideVectors.survey(values.span)
    #expect(survey?.isWhole == true)
  }

  @Test func whatIsNotAllThereIsLeftAlone() {
    let samples = samples(64)
    let shift = [Float](repeating: 0, count: 16)
    var (moments, squares) = start(4)
    let tooFew = WideVectors.fold(
      samples.span, FrameChunk(stride: 16, size: 16, frames: 4), .low, about: shift,
      squares: &squares, &moments)
    let outside = WideVectors.fold(
      samples.span, FrameChunk(stride: 32, size: 4, frames: 4), .low, about: shift,
      squares: &squares, &moments)
    #expect((tooFew, outside) == (0, 0))
    #expect(moments.lows == [.init(repeating: .infinity)])
  }
}
