import BlitzTestSupport
import Foundation
import Testing

/// Movies, as other programs see them.
@Suite struct MovieOutputTests {
  private let recording = SampleRecording(frames: 14, rows: 31, columns: 46, depth: 8)

  private static let hasProbe =
    (try? CommandRun(["ffprobe", "-version"], environment: environment()).ending) == .exit(0)

  private func movie(_ options: String...) throws -> String {
    let out = recording.folder.file("movie.mp4")
    let run = try CommandRun(
      [Built.blitz, "convert", recording.path, "--force", "-o", out] + options,
      environment: environment())
    #expect(run.ending == .exit(0), "\(run.errorText)")
    return out
  }

  /// What ffprobe 5 and PyAV 14 say of such a movie, whichever encoder made it.
  @Test(
    .enabled(if: hasProbe),
    arguments: [
      ([], "25/1"), (["--fps", "30000/1001"], "30000/1001"), (["--fps", "20000"], "25/1"),
    ])
  func facts(options: [String], rate: String) throws {
    let out = recording.folder.file("movie.mp4")
    let made = try CommandRun(
      [Built.blitz, "convert", recording.path, "-o", out] + options, environment: environment())
    #expect(made.ending == .exit(0), "\(made.errorText)")
    let probe = try CommandRun(
      [
        "ffprobe", "-v", "error", "-count_frames", "-show_entries",
        "stream=width,height,r_frame_rate,nb_frames,nb_read_frames,pix_fmt", "-of",
        "default=noprint_wrappers=1", out,
      ], environment: environment())
    #expect(probe.ending == .exit(0) && probe.errors.isEmpty, "\(probe.errorText)")
    // Extents are made even.
    #expect(
      Set(probe.text.split(separator: "\n")) == [
        "width=46", "height=32", "r_frame_rate=\(rate)", "nb_frames=14", "nb_read_frames=14",
        "pix_fmt=yuv420p",
      ])
  }

  @Test func picturesAreTheFrames() throws {
    let out = recording.folder.file("back.npy")
    let run = try CommandRun.blitz(
      "convert", try movie("--levels", "0,255"), "--crop", "0,0,46,31", "-o", out)
    #expect(run.ending == .exit(0), "\(run.errorText)")
    let stack = try array(out)
    #expect(stack.shape == [14, 31, 46])
    let expected = ReferenceStack(recording).frames.joined()
    let error = zip(stack.values, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
    // A lossy codec leaves a few codes; frames in another order or other levels leave tens.
    #expect(error / Double(stack.values.count) < 8)
  }

  @Test func aFullDiskLeavesNothing() throws {
    let words = ["convert", recording.path, "-o", recording.folder.file("big.mp4")]
    let limited = try CommandRun(
      ["bash", "-c", "ulimit -f 1; trap '' XFSZ; exec \"$@\"", "bash", Built.blitz] + words,
      environment: environment())
    #expect(
      limited.ending == .exit(1) && limited.errorText.contains("big.mp4"), "\(limited.errorText)")
    #expect(try !FolderListing.names(recording.folder.path).contains { $0.contains("big") })
  }
}
