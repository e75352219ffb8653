import BlitzCore
import Testing

@Suite struct SampleStoreTests {
  private func store(frames: Int) throws -> SampleStore {
    try SampleStore(shape: #require(StackShape(frames: frames, rows: 2, columns: 9)))
  }

  /// Publishes a frame of one value.
  private func fill(
    _ store: SampleStore, _ frame: Int, with value: Float, areFinite: Bool = false,
    _ condition: FrameCondition = .complete
  ) -> Bool {
    store.fill(frame: frame, areFinite: areFinite) { samples in
      for i in samples.indices { samples[i] = value }
      return condition
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func whatIsNotFiniteIsFound(value: Float) throws {
    let store = try store(frames: 2)
    #expect(fill(store, 0, with: 3))
    #expect(store.isKnownFinite)
    #expect(fill(store, 1, with: value))
    #expect(!store.isKnownFinite)
  }

  @Test func whatIsKnownFiniteIsNotLookedAt() throws {
    let store = try store(frames: 2)
    #expect(fill(store, 0, with: .nan, areFinite: true))
    #expect(store.isKnownFinite)
    #expect(fill(store, 1, with: 1, areFinite: true, .damaged))
    #expect(!store.isKnownFinite)
    let isMissing = try store.withFrame(1, scratch: BandScratch()) { samples in
      samples.indices.allSatisfy { samples[$0].isNaN }
    }
    #expect(isMissing)
  }

  @Test func aFrameGivenBackIsTakenAgain() throws {
    let store = try store(frames: 1)
    #expect(!fill(store, 0, with: .nan, .pending))
    #expect(store.isKnownFinite)
    #expect(fill(store, 0, with: 1))
    #expect(!fill(store, 0, with: 2))
    #expect(store.arrivedCount == 1)
  }
}
