import BlitzModel
import CTestSupport
import Testing

@testable import BlitzTUI

extension ScreenTests {
  /// Once warm, showing the next frame takes no memory from the heap.
  @Suite(.enabled(if: test_allocations_are_counted())) struct DrawAllocationTests {
    @Test("drawing a frame allocates nothing", arguments: [(24, 80), (48, 160), (12, 40)])
    func drawingAllocatesNothing(rows: Int, columns: Int) throws {
      try expectNone(ViewSamples(rows: rows, columns: columns), rows, columns)
    }

    @Test("nor do all panes at once", arguments: [(24, 80), (48, 160), (60, 200), (12, 40)])
    func drawingAllPanesAllocatesNothing(rows: Int, columns: Int) throws {
      try expectNone(.everythingOpen(rows: rows, columns: columns), rows, columns)
    }

    private func expectNone(_ samples: ViewSamples, _ rows: Int, _ columns: Int) throws {
      var samples = samples
      var screen = try PaintedScreen(rows: rows, columns: columns)
      var grid = CellGrid(rows: rows, columns: columns)
      var view = ScreenView()
      var allocations: [Int] = []
      for _ in 0..<12 {
        samples.send(.action(.step(frames: 1)))
        samples.show()
        samples.measure()
        let inputs = ScreenInputs(
          state: samples.state, picture: samples.picture, stack: samples.stack, isExact: true,
          meter: [])
        screen.output.removeAll()
        test_allocations_begin()
        view.draw(inputs, in: &grid)
        _ = screen.painter.appendFrame(grid, rung: .exact, into: &screen.output)
        allocations.append(test_allocations_end())
        #expect(screen.output.count > 0)
      }
      #expect(allocations[0] > 0, "the count works")
      #expect(Array(allocations.dropFirst(6)) == Array(repeating: 0, count: 6))
    }
  }
}
