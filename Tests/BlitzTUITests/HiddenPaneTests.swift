import BlitzCore
import BlitzModel
import BlitzTUI
import Testing

extension ScreenTests {
  /// A pane that is folded, or whose inputs did not change, costs nothing: no request, no byte.
  @Suite struct HiddenPaneTests {
    /// A viewer with every pane wanted, as a screen of some size has room for.
    private func samples(_ rows: Int, _ columns: Int) throws -> ViewSamples {
      var samples = try ViewSamples(rows: rows, columns: columns)
      samples.type("TcH")
      samples.command("roi rect:1,1,3,3")
      let layout = ScreenLayout(rows: rows, columns: columns, panes: samples.state.wantedPanes)
      samples.send(.panes(layout?.panes ?? []))
      samples.show()
      return samples
    }

    private func board(_ revision: Int, _ samples: ViewSamples) -> Message {
      var traces = samples.state.regions.entries.map { Trace(of: $0.region, frames: 100) }
      for index in traces.indices {
        var statistics = RegionStatistics()
        statistics.mean = Double(revision)
        traces[index].set(statistics, frame: revision)
      }
      return .traces(TraceBoard(traces: traces, revision: revision))
    }

    @Test func aFoldedPaneAsksForNothing() throws {
      let small = try samples(12, 40)
      #expect(small.state.visiblePanes.isEmpty)
      #expect(small.state.traceRequest == nil)
      #expect(small.state.pictureRequest?.profiles == nil)
      #expect(small.state.pictureRequest?.hasHistogram == false)
      let large = try samples(60, 160)
      #expect(large.state.visiblePanes == [.trace, .profiles, .histogram])
      #expect(large.state.traceRequest != nil)
      #expect(large.state.pictureRequest?.profiles != nil)
      #expect(large.state.pictureRequest?.hasHistogram == true)
    }

    @Test func whatAFoldedPaneWouldShowSendsNothing() throws {
      for (rows, columns, isFolded) in [(12, 40, true), (60, 160, false)] {
        var samples = try samples(rows, columns)
        var screen = try PaintedScreen(rows: rows, columns: columns)
        _ = screen.draw(samples.grid(rows: rows, columns: columns))
        for revision in 1...20 {
          samples.send(board(revision, samples))
          let bytes = screen.draw(samples.grid(rows: rows, columns: columns))
          #expect((bytes == 0) == isFolded, "revision \(revision) sent \(bytes)")
        }
      }
    }

    @Test func anIdleViewerAsksAndSendsNothingMore() throws {
      var samples = try samples(60, 160)
      var screen = try PaintedScreen(rows: 60, columns: 160)
      _ = screen.draw(samples.grid(rows: 60, columns: 160))
      let (picture, traces) = (samples.state.pictureRequest, samples.state.traceRequest)
      // What arrives of itself while nobody touches anything.
      for message in [
        .quitExpired, .canvas(samples.state.canvas), .panes(samples.state.visiblePanes),
        .loading(samples.state.loading), .playTick,
      ] as [Message] {
        samples.send(message)
        #expect(samples.state.pictureRequest == picture)
        #expect(samples.state.traceRequest == traces)
        #expect(screen.draw(samples.grid(rows: 60, columns: 160)) == 0)
      }
    }
  }
}
