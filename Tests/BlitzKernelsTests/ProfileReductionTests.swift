import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct ProfileReductionTests {
  @Test(arguments: [1, 2, 3, 4, 99], [1, 3])
  func matchesTheDefinition(width: Int, channels: Int) throws {
    let shape = try #require(StackShape(frames: 1, rows: 5, columns: 7, channels: channels))
    var samples = TestSamples.uniform(seed: 6, count: shape.frameSize, from: 0, to: 9)
    samples[0] = .nan
    samples[8 * channels] = .nan
    for line in [Profile.Line.row(1), .row(4), .column(0), .column(6)] {
      var profile = try #require(Profile(line, width: width, in: shape))
      for _ in 0..<2 { profile.measure(samples.span) }
      for i in profile.mean.indices {
        let (position, channel) = (i / channels, i % channels)
        let values = profile.band.map { neighbour in
          switch line {
          case .row: Double(samples[(neighbour * 7 + position) * channels + channel])
          case .column: Double(samples[(position * 7 + neighbour) * channels + channel])
          }
        }.filter { !$0.isNaN }
        #expect(agree(profile.mean[i], ReferenceProjection.reduce(values, .mean), within: 1e-9))
        #expect(agree(profile.min[i], ReferenceProjection.reduce(values, .min), within: 0))
        #expect(agree(profile.max[i], ReferenceProjection.reduce(values, .max), within: 0))
      }
    }
  }

  @Test func aProfileThatMovedIsLikeANewOne() throws {
    let shape = try #require(StackShape(frames: 1, rows: 5, columns: 7))
    let samples = TestSamples.uniform(seed: 6, count: 35, from: 0, to: 9)
    var moved = try #require(Profile(.row(1), width: 1, in: shape))
    moved.measure(samples.span)
    for (line, width) in [(Profile.Line.row(4), 3), (.column(6), 2), (.column(0), 1)] {
      var fresh = try #require(Profile(line, width: width, in: shape))
      fresh.measure(samples.span)
      let isInside = moved.move(to: line, width: width, in: shape)
      #expect(isInside)
      moved.measure(samples.span)
      #expect(moved == fresh)
    }
    for (line, width) in [(Profile.Line.row(5), 1), (.row(0), 0)] {
      let isInside = moved.move(to: line, width: width, in: shape)
      #expect(!isInside && moved.line == .column(0))
    }
  }

  @Test func bandOfAnEvenWidthReachesFurtherDown() throws {
    let shape = try #require(StackShape(frames: 1, rows: 10, columns: 10))
    #expect(Profile(.row(5), width: 1, in: shape)?.band == 5..<6)
    #expect(Profile(.row(5), width: 4, in: shape)?.band == 4..<8)
    #expect(Profile(.column(0), width: 5, in: shape)?.band == 0..<3)
    #expect(Profile(.column(9), width: Int.max, in: shape)?.band == 0..<10)
    #expect(Profile(.row(10), width: 1, in: shape) == nil)
    #expect(Profile(.row(-1), width: 1, in: shape) == nil)
    #expect(Profile(.row(1), width: 0, in: shape) == nil)
  }
}
