import BlitzCore
import Testing

@Suite struct StackMemoryPoolTests {
  private let shape = StackShape(frames: 4, rows: 8, columns: 16)

  private func address(_ store: SampleStore) throws -> UInt {
    try store.withBand(rows: 0..<1, frames: 0..<1, scratch: BandScratch()) { samples, _ in
      unsafe samples.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
  }

  private func filled(_ pool: StackMemoryPool, _ value: Float) throws -> SampleStore {
    let store = try SampleStore(shape: #require(shape), pool: pool)
    #expect(store.arrivedCount == 0)
    for frame in 0..<4 {
      store.fill(frame: frame) { samples in
        for i in samples.indices { samples[i] = value }
        return .complete
      }
    }
    return store
  }

  @Test func memoryIsHandedOnWhenItsStackIsGone() throws {
    let pool = StackMemoryPool()
    var first: SampleStore? = try filled(pool, 1)
    let place = try address(#require(first))
    let second = try filled(pool, 2)
    #expect(try address(second) != place, "the first one still lives in it")
    first = nil
    let third = try filled(pool, 3)
    #expect(try address(third) == place)
    #expect(try third.withFrame(3, scratch: BandScratch()) { $0[127] } == 3)
    #expect(try second.withFrame(3, scratch: BandScratch()) { $0[127] } == 2)
  }

  @Test func tooLittleMemoryIsLeftForOthers() throws {
    let pool = StackMemoryPool()
    _ = try filled(pool, 1)
    let larger = try SampleStore(
      shape: #require(StackShape(frames: 400, rows: 8, columns: 16)), pool: pool)
    for frame in 0..<400 { larger.fill(frame: frame) { _ in .damaged } }
    #expect(try larger.withFrame(399, scratch: BandScratch()) { $0[127].isNaN })
  }
}
