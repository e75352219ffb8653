import BlitzCore
import BlitzKernels
import BlitzTestSupport
import Testing

struct MaskPlaneTests {
  private let shape = StackShape(frames: 4, rows: 6, columns: 9)

  /// Which samples of a frame stay numbers under a mask.
  private func kept(_ mask: MaskPlane) -> [Bool] {
    var ones = [Float](repeating: 1, count: mask.count)
    mask.apply(to: &ones)
    return ones.map { !$0.isNaN }
  }

  private func mask(
    _ image: [Float], _ rows: Int, _ columns: Int, _ shape: StackShape
  ) -> MaskPlane? {
    MaskPlane(keeping: image.span, rows: rows, columns: columns, in: shape)
  }

  @Test func aRegionKeepsItsInside() throws {
    let shape = try #require(shape)
    let region = try RegionOfInterest(parsing: "rect:2,1,20,3")
    let mask = try #require(MaskPlane(keeping: region, in: shape))
    #expect(kept(mask) == (0..<54).map { 2... ~= $0 % 9 && 1..<4 ~= $0 / 9 })
    let outside = try RegionOfInterest(parsing: "rect:9,0,3,3")
    #expect(MaskPlane(keeping: outside, in: shape) == nil)
  }

  @Test func everyChannelOfAPixelIsTreatedAlike() throws {
    let shape = try #require(StackShape(frames: 1, rows: 2, columns: 3, channels: 3))
    let mask = try #require(MaskPlane(keeping: RegionOfInterest(parsing: "point:1,1"), in: shape))
    #expect(kept(mask) == (0..<18).map { $0 / 3 == 4 })
    let image: [Float] = [0, 0, 0, 0, 7, 0]
    let same = try #require(self.mask(image, 2, 3, shape))
    #expect(kept(same) == kept(mask))
  }

  @Test func anImageKeepsWhatIsNeitherZeroNorNaN() throws {
    let shape = try #require(shape)
    var image = TestSamples.uniform(seed: 5, count: 54, from: -1, to: 1)
    for i in stride(from: 0, to: 54, by: 5) { image[i] = 0 }
    (image[1], image[2], image[3]) = (.nan, .infinity, -0.0)
    let plane = try #require(mask(image, 6, 9, shape))
    #expect(kept(plane) == image.map { !$0.isNaN && $0 != 0 })
    let nothing = [Float](repeating: 0, count: 54)
    #expect(mask(nothing, 6, 9, shape) == nil)
    #expect(mask(image, 5, 9, shape) == nil)
  }

  @Test func aScaledPixelStaysOnlyWhereAllOfItDoes() throws {
    let shape = try #require(StackShape(frames: 1, rows: 2, columns: 3))
    // 5 x 7 pixels on 2 x 3: edges fall within pixels, which then count for both sides.
    for hole in 0..<35 {
      var image = [Float](repeating: 255, count: 35)
      image[hole] = 0
      let plane = try #require(mask(image, 5, 7, shape))
      let (y, x) = (Double(hole / 7), Double(hole % 7))
      let expected = (0..<6).map { pixel in
        let (row, column) = (Double(pixel / 3), Double(pixel % 3))
        let meets =
          y < (row + 1) * 2.5 && y + 1 > row * 2.5 && x < (column + 1) * 7 / 3
          && x + 1 > column * 7 / 3
        return !meets
      }
      #expect(kept(plane) == expected, "\(hole)")
    }
  }

  @Test func numbersThatCountStayBitForBit() throws {
    let shape = try #require(shape)
    let mask = try #require(
      MaskPlane(keeping: RegionOfInterest(parsing: "rect:0,0,9,5"), in: shape))
    let special: [Float] = [-0.0, .infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1]
    var samples = (0..<54).map { special[$0 % 5] }
    mask.apply(to: &samples)
    for (i, sample) in samples.enumerated() {
      #expect(i >= 45 ? sample.isNaN : sample.bitPattern == special[i % 5].bitPattern)
    }
  }

  @Test func statisticsSeeOnlyWhatCounts() throws {
    let shape = try #require(shape)
    let samples = TestSamples.uniform(seed: 3, count: 4 * 54, from: 1, to: 9)
    let store = try TestStack.store(frames: 4, rows: 6, columns: 9, samples: samples)
    let mask = try #require(
      MaskPlane(keeping: RegionOfInterest(parsing: "ellipse:1,0,7,6"), in: shape))
    let dark = TestSamples.uniform(seed: 8, count: 54, from: 0, to: 1)
    let source = try #require(CorrectedSource(store, subtract: .plane(dark), mask: mask))
    let kept = kept(mask)
    let region = try RegionOfInterest(parsing: "rect:0,2,5,4")
    let reduction = try #require(
      TraceReduction(of: region, in: shape, statistics: [.mean, .max, .n]))
    let traced = try reduction.measure([0, 3], of: source, threads: 2)
    for (frame, result) in zip([0, 3], traced) {
      let pixels = (18..<54).filter { $0 % 9 < 5 && kept[$0] }
      let values: [Double] = pixels.map { Double(samples[54 * frame + $0] - dark[$0]) }
      let statistics = try #require(result)
      #expect(statistics[.n] == Double(values.count) && values.count < 20)
      #expect(abs(statistics[.mean] - values.reduce(0, +) / Double(values.count)) < 1e-6)
      #expect(statistics[.max] == values.max())
    }
    let images = try StackProjector(source, threads: 2)
      .project([.mean, .min], over: try #require(FrameRange(start: 0, end: 4)))
    let plane = try #require(images.floatPlane(.min))
    #expect(plane.map { !$0.isNaN } == kept)
  }

  @Test func aMaskOfAnotherSizeIsRefused() throws {
    let shape = try #require(shape)
    let mask = try #require(MaskPlane(keeping: RegionOfInterest(parsing: "point:0,0"), in: shape))
    let samples = TestSamples.uniform(seed: 3, count: 15, from: 1, to: 9)
    let store = try TestStack.store(frames: 1, rows: 3, columns: 5, samples: samples)
    #expect(CorrectedSource(store, mask: mask) == nil)
  }
}
