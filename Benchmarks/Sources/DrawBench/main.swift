// Processor time of bringing frames to a terminal: scaling, levels, encoding exactly, writing.
//
//   DrawBench FILE WIDTH HEIGHT COLUMNS ROWS [FRAMES_A_SECOND]
//
// FILE holds gray frames of WIDTH x HEIGHT bytes. They are drawn to standard output, a terminal of COLUMNS x ROWS
// cells at the pace of a player (20); user and system time of a frame, the first one left out, go to
// standard error in milliseconds.

import BlitzCore
import BlitzKernels
import BlitzTUI
import Glibc

func frames(of path: String, size: Int) -> [[Float]] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var frames: [[Float]] = []
  var bytes = [UInt8](repeating: 0, count: size)
  while fread(&bytes, 1, size, file) == size { frames.append(bytes.map(Float.init)) }
  return frames
}

func processorTime() -> Double {
  var used = rusage()
  getrusage(__rusage_who_t(0), &used)
  return Double(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
    + Double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6
}

func write(_ bytes: ArraySlice<UInt8>) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress, $0.count) }
    guard count > 0 else { exit(1) }
    rest = rest.dropFirst(count)
  }
}

func say(_ text: String) { _ = Glibc.write(2, text, text.utf8.count) }

/// Frames into the image of a grid: scaled, as levels and as colours.
struct Scene {
  let size: (rows: Int, columns: Int)
  var grid: CellGrid
  private var scaling: AreaResample
  private let mapping: LevelMapping
  private var scaled: [Float]

  init?(source: (rows: Int, columns: Int), rows: Int, columns: Int) {
    guard let window = LevelWindow(darkest: 0, brightest: 255),
      let scaling = AreaResample(
        sourceRows: source.rows, sourceColumns: source.columns, rows: 2 * rows, columns: columns)
    else { return nil }
    (self.scaling, mapping, size) = (scaling, LevelMapping(window), source)
    scaled = [Float](repeating: 0, count: 2 * rows * columns)
    grid = CellGrid(rows: rows + 1, columns: columns)
    grid.image.place(CellArea(row: 0, column: 0, rows: rows, columns: columns))
    grid.image.colors = (0..<256).map { UInt32($0) * 0x10101 }
    grid.image.resizeLevels()
  }

  mutating func show(_ frame: [Float]) {
    Self.scale(frame, &scaling, into: &scaled)
    var image = grid.image
    grid.image = ImagePatch()
    Self.paint(scaled, mapping, &image.levels, image.colors, &image.pixels)
    grid.image = image
  }

  private static func scale(
    _ frame: [Float], _ scaling: inout AreaResample, into target: inout [Float]
  ) {
    var span = target.mutableSpan
    scaling.apply(frame.span, into: &span)
  }

  private static func paint(
    _ samples: [Float], _ mapping: LevelMapping, _ levels: inout [UInt8], _ colors: [UInt32],
    _ pixels: inout [UInt32]
  ) {
    var span = levels.mutableSpan
    mapping.map(samples.span, into: &span)
    for i in levels.indices { pixels[i] = colors[Int(levels[i])] }
  }
}

func draw(_ frames: [[Float]], _ scene: consuming Scene, pause: useconds_t) -> Double {
  var encoder = ImageEncoder()
  var total = 0.0
  for (number, frame) in frames.enumerated() {
    usleep(pause)
    let start = processorTime()
    scene.show(frame)
    write(encoder.encode(scene.grid))
    if number > 0 { total += processorTime() - start }
  }
  return total / Double(max(frames.count - 1, 1))
}

let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
guard 4...5 ~= numbers.count, numbers.allSatisfy({ $0 > 0 }),
  let scene = Scene(
    source: (rows: numbers[1], columns: numbers[0]), rows: numbers[3], columns: numbers[2])
else {
  say("usage: DrawBench FILE WIDTH HEIGHT COLUMNS ROWS [FRAMES_A_SECOND]\n")
  exit(2)
}
let all = frames(of: CommandLine.arguments[1], size: numbers[0] * numbers[1])
let seconds = draw(
  all, scene, pause: useconds_t(1_000_000 / (numbers.count == 5 ? numbers[4] : 20)))
say("\(seconds * 1e3)\n")
