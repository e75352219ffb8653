// Bytes and time of encoding frames for a terminal.
//
//   EncodeBench FILE COLUMNS ROWS [OUTPUT]
//
// FILE holds frames of COLUMNS x 2*ROWS pixels, three bytes each, one after the other. Prints, for every
// rung, the bytes of all frames from an unknown screen on, those of the first one, and the median time of
// encoding one. What a rung sends goes to OUTPUT.RUNG, if named, frame by frame behind its number of bytes.

import BlitzTUI
import Glibc

func frames(of path: String, pixels: Int) -> [[UInt32]] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var frames: [[UInt32]] = []
  var bytes = [UInt8](repeating: 0, count: pixels * 3)
  while fread(&bytes, 1, bytes.count, file) == bytes.count {
    var frame = [UInt32](repeating: 0, count: pixels)
    for i in 0..<pixels {
      let red = UInt32(bytes[3 * i]) << 16
      let green = UInt32(bytes[3 * i + 1]) << 8
      frame[i] = red | green | UInt32(bytes[3 * i + 2])
    }
    frames.append(frame)
  }
  return frames
}

func fill(_ grid: inout CellGrid, with frame: [UInt32], isGray: Bool) {
  for i in frame.indices { grid.image.pixels[i] = frame[i] }
  guard isGray else { return }
  for i in frame.indices { grid.image.levels[i] = UInt8(frame[i] & 255) }
}

func measure(_ frames: [[UInt32]], columns: Int, rows: Int, rung: Rung, output: String?) {
  let file = output.flatMap { fopen("\($0).\(rung)", "w") }
  defer { if let file { fclose(file) } }
  var first: Int?
  var grid = CellGrid(rows: rows + 1, columns: columns)
  grid.image.place(CellArea(row: 0, column: 0, rows: rows, columns: columns))
  let isGray = frames.allSatisfy { $0.allSatisfy { $0 == ($0 & 255) * 0x10101 } }
  if isGray {
    grid.image.colors = (0..<256).map { UInt32($0) * 0x10101 }
    grid.image.resizeLevels()
  }
  var encoder = ImageEncoder()
  var bytes = 0
  var times: [Duration] = []
  for frame in frames {
    fill(&grid, with: frame, isGray: isGray)
    let start = ContinuousClock.now
    let sent = encoder.encode(grid, rung: rung)
    times.append(ContinuousClock.now - start)
    bytes += sent.count
    first = first ?? sent.count
    if let file {
      fputs("\(sent.count)\n", file)
      _ = Array(sent).withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
    }
  }
  let median = times.sorted()[times.count / 2]
  print(rung, bytes, first ?? 0, Int(median / .microseconds(1)))
}

guard 4...5 ~= CommandLine.arguments.count, let columns = Int(CommandLine.arguments[2]),
  let rows = Int(CommandLine.arguments[3]), columns > 0, rows > 0
else {
  print("usage: EncodeBench FILE COLUMNS ROWS [OUTPUT]")
  exit(2)
}
let all = frames(of: CommandLine.arguments[1], pixels: columns * rows * 2)
if all.isEmpty {
  print("no frames")
  exit(1)
}
print("rung bytes first us/frame")
let output = CommandLine.arguments.dropFirst(4).first
for rung in Rung.allCases.dropLast() {
  measure(all, columns: columns, rows: rows, rung: rung, output: output)
}
