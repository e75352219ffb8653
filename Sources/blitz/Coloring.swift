import BlitzCore
import BlitzKernels
import BlitzModel
import BlitzTUI

/// How samples become colours: levels and a colour map, as on the viewer's screen.
struct Coloring {
  let levels: LevelWindow
  let table: LookupTable
  /// How values between the levels are spread over the colour map.
  var transfer = LevelMapping.Transfer.linear
  /// True when what lies outside the levels, and what is no number, is marked.
  var hasMarks = false
  /// How the levels came about, for people.
  let origin: String

  /// As the view options say; levels that are to be fitted are fitted to `plane`, by luma.
  init(_ view: ViewFlags, fitting plane: ImagePlane) {
    table = LookupTable.builtin[view.colormap ?? 0]
    switch view.levels ?? .trimmed(1) {
    case .window(let window): (levels, origin) = (window, "as given")
    case .trimmed(let percent):
      var fit = LevelFit()
      let fitted = fit.window(of: plane.luma.span, trimming: percent)
      levels = table.isDiverging ? fitted.centered : fitted
      origin = "p\(percent.text())"
    }
  }

  /// As on the viewer's screen; where nothing was shown yet, with levels fitted to `plane`.
  init(_ display: Display, fitting plane: ImagePlane) {
    let table = LookupTable.builtin[display.colorMap]
    self.table = display.isInverted ? table.inverted : table
    (transfer, hasMarks) = (display.transfer.kernel, display.hasMarks)
    var fit = LevelFit()
    levels = display.levels ?? fit.window(of: plane.luma.span, trimming: display.trim ?? 1)
    origin = "as on the screen"
  }

  /// From a window alone.
  init(_ view: ViewFlags, levels: LevelWindow, origin: String) {
    table = LookupTable.builtin[view.colormap ?? 0]
    (self.levels, self.origin) = (levels, origin)
  }

  /// `levels LO..HI`, and how they came about.
  var text: String { "levels \(levels.darkest.text())..\(levels.brightest.text()) (\(origin))" }

  /// True when all that can come out is gray.
  var isGray: Bool { !hasMarks && table.colors.allSatisfy { $0 == ($0 & 255) * 0x010101 } }

  /// `0xRRGGBB` for each pixel; colour keeps its channels and takes the levels alone.
  func colors(_ samples: Span<Float>, channels: Int) -> [UInt32] {
    var indices = [UInt8](repeating: 0, count: samples.count)
    var target = indices.mutableSpan
    LevelMapping(levels, transfer: transfer).map(samples, into: &target)
    var colors = channels < 3 ? indices.map { table.colors[Int($0)] } : packed(indices, channels)
    if hasMarks { mark(samples, channels, &colors) }
    return colors
  }

  private func packed(_ indices: [UInt8], _ channels: Int) -> [UInt32] {
    stride(from: 0, to: indices.count, by: channels).map { pixel -> UInt32 in
      let (red, green) = (UInt32(indices[pixel]) << 16, UInt32(indices[pixel + 1]) << 8)
      return red | green | UInt32(indices[pixel + 2])
    }
  }

  private func mark(_ samples: Span<Float>, _ channels: Int, _ colors: inout [UInt32]) {
    for pixel in colors.indices {
      let first = pixel * channels
      guard let mark = PixelMark(samples.extracting(first..<first + channels), levels) else {
        continue
      }
      colors[pixel] = mark.color
    }
  }
}

extension LevelWindow {
  /// The same reach on both sides of 0 for a window that holds it; otherwise unchanged.
  var centered: LevelWindow {
    guard darkest < 0, brightest > 0 else { return self }
    let reach = max(-darkest, brightest)
    return LevelWindow(darkest: -reach, brightest: reach) ?? self
  }
}
