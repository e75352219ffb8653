import BlitzCore
import BlitzTestSupport
import Testing

@testable import BlitzIO

@Suite struct RecordingMapTests {
  private func numPy(_ type: String, _ bytes: Int, shape: String = "(6, 8, 10)") -> [UInt8] {
    numPyFile(
      "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape)}".padded(to: 118),
      data: bytes)
  }

  /// A plan, and what it maps, under a limit of so many bytes.
  private func plan(
    _ file: [UInt8], name: String = "a.npy", limit: Int,
    _ change: (inout LoadOptions) -> Void = { _ in }
  ) throws -> (plan: LoadPlan, source: (any SampleSource)?) {
    let folder = TemporaryFolder()
    var options = LoadOptions()
    change(&options)
    let recording = try Recording.open(folder.file(name, file), options: options)
    let memory = MemoryBudget([.init(.machine, bytes: limit)])
    let plan = try LoadPlan.make(for: recording, options: options, memory: memory)
    return (plan, recording.mappedSource(plan: plan, options: options))
  }

  @Test func floatsAreReadInPlaceEvenWhereTheyWouldFit() throws {
    let (plan, source) = try plan(numPy("<f4", 1920), limit: 1 << 30)
    #expect(plan.strategy == .map)
    #expect(source?.shape == plan.shape)
  }

  @Test func otherTypesAreLoadedWhileTheyFit() throws {
    for type in ["<u2", ">i2", "<f2"] {
      #expect(try plan(numPy(type, 960), limit: 1 << 30).plan.strategy == .memory)
      let (plan, source) = try plan(numPy(type, 960), limit: 2000)
      #expect(plan.strategy == .map)
      #expect(plan.bytes <= plan.limitBytes)
      #expect(plan.frames.count == 6)
      #expect(source?.shape == StackShape(frames: 6, rows: 8, columns: 10))
    }
  }

  @Test func whatMustBeRescaledIsNotMapped() throws {
    let changes: [@Sendable (inout LoadOptions) -> Void] = [
      { $0.size = 0.5 }, { $0.normalize = true }, { $0.eightBit = true },
    ]
    for change in changes {
      let (plan, source) = try plan(numPy("<f4", 1920), limit: 1 << 30, change)
      #expect(plan.strategy == .memory)
      #expect(source == nil)
    }
    let error = #expect(throws: BlitzError.self) {
      try plan(numPy("<u2", 960), limit: 2000) {
        $0.onExceed = .map
        $0.normalize = true
      }
    }
    #expect(error?.kind == .usage)
  }

  @Test func cropsRangesAndGrayAreMappedAsPlanned() throws {
    let file = numPy("|u1", 720, shape: "(6, 4, 10, 3)")
    let (plan, source) = try plan(file, limit: 2000) {
      $0.crop = LoadOptions.Crop(x: 2, y: 1, width: 100, height: 2)
      $0.range = FrameSlice("1:6:2") ?? .all
      $0.onExceed = .map
      $0.maxRAM = 500
    }
    #expect(plan.strategy == .map)
    #expect(plan.shape == StackShape(frames: 3, rows: 2, columns: 8))
    #expect(source?.shape == plan.shape)
  }

  @Test func evenlySpacedTIFFPagesAreMapped() throws {
    let sample = try fixture("TIFF/f4-little.tif")
    #expect(try plan(sample, name: "a.tif", limit: 1 << 30).plan.strategy == .map)
    let packed = try fixture("TIFF/lzw-u1.tif")
    #expect(try plan(packed, name: "a.tif", limit: 1 << 30).plan.strategy == .memory)
    #expect(try plan(packed, name: "a.tif", limit: 8000).plan.strategy == .step)
  }

  @Test func contentDecidesTheFormat() throws {
    let folder = TemporaryFolder()
    let recording = try Recording.open(
      folder.file("stack.png", numPy("<u2", 960)), options: LoadOptions())
    #expect(recording.description.format == "npy")
    let tiff = try Recording.open(
      folder.file("stack.npy", fixture("TIFF/u2-big.tif")), options: LoadOptions())
    #expect(tiff.description.format == "tiff")
  }
}
