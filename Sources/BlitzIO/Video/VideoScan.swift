import BlitzCore
import CCodecShims
import Synchronization

/// Builds the index of a video by reading its packets, as far as it is asked to.
///
/// Reads through a handle of its own, so that scanning and decoding never wait for each other's
/// place in the file. Safe from any thread.
final class VideoScan: Sendable {
  private struct State {
    var index = VideoIndex()
    var handle: VideoHandle?
  }

  private let state: Mutex<State>

  /// Packets read under the lock at a time.
  private static let batch = 1024
  /// Most packets of one file; a frame needs one at least.
  private static let mostPackets = 1 << 25

  /// Opens a video for scanning and reads enough to know whether it gives times.
  init(path: FilePath) throws(BlitzError) {
    var first = State()
    first.handle = try VideoHandle(path: path, threads: 0)
    Self.advance(&first, packets: VideoIndex.sampleSize)
    state = Mutex(first)
  }

  /// Reads on until the packet of a frame is certain, or to the end.
  func settle(_ frame: Int) {
    while !state.withLock({ $0.index.isSettled(frame) }) {
      state.withLock { Self.advance(&$0, packets: Self.batch) }
    }
  }

  /// Reads to the end: O(file size) the first time.
  func finish() { settle(.max - VideoIndex.reorderLimit) }

  /// Looks something up in the index as it is now.
  func lookUp<R: Sendable>(_ body: (inout VideoIndex) -> R) -> R {
    state.withLock { body(&$0.index) }
  }

  /// Reads some packets; closes the file after the last.
  private static func advance(_ state: inout State, packets: Int) {
    for _ in 0..<packets {
      guard state.index.packetCount < mostPackets, let packet = state.handle?.read() else {
        state.index.complete()
        state.handle = nil
        return
      }
      state.index.add(packet)
    }
  }
}
