import BlitzCore

/// The one list behind dispatch, the help overlay, `blitz keys` and docs/keys.md.
public let keymapTable: [KeyBinding] = [
  // Frames
  bind([".", Key(.right), "l", ">"], "next-frame", .step(frames: 1), .frames, "next frame"),
  bind(
    [",", Key(.left), "h", "<"], "previous-frame", .step(frames: -1), .frames, "previous frame"),
  bind([Key(.down), "j"], "forward-10", .step(frames: 10), .frames, "10 frames forward"),
  bind([Key(.up), "k"], "back-10", .step(frames: -10), .frames, "10 frames back"),
  bind(
    [Key(.right, .shift)], "forward-percent", .stepPercent(1), .frames,
    "1 % of the stack forward"),
  bind([Key(.left, .shift)], "back-percent", .stepPercent(-1), .frames, "1 % of the stack back"),
  bind([Key(.pageDown)], "page-forward", .page(.tenthForward), .frames, "10 % forward"),
  bind([Key(.pageUp)], "page-back", .page(.tenthBack), .frames, "10 % back"),
  bind([.control("d")], "half-page-forward", .page(.twentiethForward), .frames, "5 % forward"),
  bind([.control("u")], "half-page-back", .page(.twentiethBack), .frames, "5 % back"),
  bind(["g", Key(.home)], "first-frame", .firstFrame, .frames, "first frame; 42g: frame 42"),
  bind(["G", Key(.end)], "last-frame", .lastFrame, .frames, "last frame; 42G: frame 42"),

  bind(["m"], "mark", .awaitMark(.set), .frames, "ma: mark this frame a"),
  bind(["'"], "jump", .awaitMark(.jump), .frames, "'a: go to mark a"),

  // Playing
  bind([" ", "\\"], "play", .togglePlay, .playing, "play or pause"),
  bind(["["], "slower", .scaleSpeed(.slower), .playing, "10 % slower"),
  bind(["]"], "faster", .scaleSpeed(.faster), .playing, "10 % faster"),
  bind(["{"], "half-speed", .scaleSpeed(.half), .playing, "half the speed"),
  bind(["}"], "double-speed", .scaleSpeed(.double), .playing, "double the speed"),
  bind([Key(.backspace)], "normal-speed", .scaleSpeed(.normal), .playing, "normal speed"),
  bind(["L"], "loop", .cycleLoop, .playing, "loop: off, all, range, ping-pong"),
  bind(["i"], "range-in", .rangeIn, .playing, "range starts here"),
  bind(["o"], "range-out", .rangeOut, .playing, "range ends here"),
  bind(["U"], "clear-range", .clearRange, .playing, "clear the range"),

  bind([")"], "timeline-in", .zoomTimeline(.closer), .playing, "zoom timeline and traces in"),
  bind(["("], "timeline-out", .zoomTimeline(.farther), .playing, "zoom timeline and traces out"),
  bind(
    ["*"], "timeline-fit", .fitTimeline, .playing,
    "timeline and traces show the whole stack, or the range"),

  // Projections
  bind(["M"], "mean", .toggleProjection(.mean), .projections, "mean over the range, or the frame"),
  bind(["S"], "std", .toggleProjection(.std), .projections, "standard deviation"),
  bind(["N"], "min", .toggleProjection(.min), .projections, "minimum"),
  bind(["X"], "max", .toggleProjection(.max), .projections, "maximum"),
  bind(["D"], "median", .toggleProjection(.median), .projections, "median"),
  bind(["p"], "projection", .cycleProjection, .projections, "next projection, then the frame"),

  // Corrections
  bind(
    ["b"], "background", .toggleCorrection(.subtract), .corrections,
    "subtract on or off; at first the mean of the range"),
  bind(["v"], "flat-field", .toggleCorrection(.divide), .corrections, "divide on or off, likewise"),
  bind(
    ["O"], "corrections", .toggle(.corrections), .corrections,
    "panel of what is subtracted and divided"),
  bind(["w"], "window", .windowLength, .corrections, "50w: subtract the mean of 50 frames"),

  // Regions and traces
  bind(
    ["r"], "rectangle", .drawRegion(.rectangle), .regions,
    "draw a rectangle: arrows move, Shift-arrows or H J K L resize, Enter keeps"),
  bind(["e"], "ellipse", .drawRegion(.ellipse), .regions, "draw an ellipse, likewise"),
  bind(
    ["n"], "polygon", .drawRegion(.polygon), .regions,
    "draw a polygon: arrows move, t drops a corner, Enter closes"),
  bind(["t"], "keep", .keepRegion, .regions, "keep the region and start the next one"),
  bind([Key(.tab)], "next-region", .selectRegion(1), .regions, "select and change the next region"),
  bind([Key(.tab, .shift)], "previous-region", .selectRegion(-1), .regions, "the one before"),
  bind(["x", Key(.delete)], "delete-region", .deleteRegion, .regions, "delete the region"),
  bind(["R"], "regions", .toggle(.regions), .regions, "list the regions"),
  bind(["Y"], "pin", .pinPoint, .regions, "pin the probed pixel as a point"),
  bind(
    ["d"], "pin-difference", .toggleDifference, .regions,
    "trace and value of the last two points, one less the other"),
  bind(["T"], "trace", .toggleTrace, .regions, "trace pane"),
  bind([.control("t")], "statistic", .nextStatistic, .regions, "next statistic of the trace"),
  bind(["_"], "band", .toggleBand, .regions, "band from minimum to maximum"),
  bind(["z"], "zoom-region", .zoomToRegion, .regions, "zoom to the region"),
  bind(["u"], "undo", .undo, .regions, "undo a change of regions, range, marks or view"),
  bind([.control("r")], "redo", .redo, .regions, "do it again"),

  // Levels and colours
  bind(["a"], "auto-levels", .autoLevels, .levels, "fit levels: 0, 1, 2 % trim in turn"),
  bind(["A"], "lock-levels", .toggleLevelLock, .levels, "lock levels"),
  bind(["C"], "next-colormap", .nextColorMap, .levels, "next colour map"),
  bind(["!"], "invert", .invertColors, .levels, "invert the colour map"),
  bind(["V"], "mapping", .cycleTransfer, .levels, "mapping: linear, log, sqrt, gamma"),

  bind(
    ["|"], "move-levels", .toggleLevelTool, .levels,
    "move the levels: arrows, Tab takes the other one, Enter ends"),
  bind(
    ["&"], "marks", .toggleMarks, .levels,
    "mark what is below (blue) and above (orange) the levels, and no number (pink)"),
  bind(["$"], "color-bar", .toggleColorBar, .levels, "colour bar with numbers"),
  bind(["H"], "histogram", .toggleHistogram, .levels, "histogram with level markers"),

  // View
  bind(["+", "="], "zoom-in", .zoom(.closer), .view, "zoom in"),
  bind(["-"], "zoom-out", .zoom(.farther), .view, "zoom out"),
  bind(["Z"], "fit", .toggleFit, .view, "fit the pane, or one pixel a pixel"),
  bind([Key(.right, .alt)], "pan-right", .pan(columns: 1, rows: 0), .view, "pan right"),
  bind([Key(.left, .alt)], "pan-left", .pan(columns: -1, rows: 0), .view, "pan left"),
  bind([Key(.down, .alt)], "pan-down", .pan(columns: 0, rows: 1), .view, "pan down"),
  bind([Key(.up, .alt)], "pan-up", .pan(columns: 0, rows: -1), .view, "pan up"),
  bind(["P"], "pan", .togglePanTool, .view, "pan with the arrows; Enter ends"),
  bind(["B"], "pooling", .cyclePooling, .view, "pooling: area, max, nearest"),
  bind(["c"], "crosshair", .toggleCrosshair, .view, "crosshair: arrows move it, Enter leaves it"),

  bind(
    [";"], "profile-width", .nextProfileWidth, .view,
    "profiles are the mean of 1, 3, 5, ... rows or columns; 7; makes it 7"),
  bind(
    ["^"], "next-envelope", .nextEnvelope, .view,
    "profiles within the extremes of the image, of the stack, within percentiles, or alone"),
  bind([], "rotate", .rotate, .view, "turn the image by a quarter, clockwise"),
  bind([], "quadrants", .nextCells, .view, "four pixels in two colours a cell, or two exact ones"),
  bind(["#"], "cell-aspect", .nextCellAspect, .view, "shape of a cell: found out, then 1.6 to 2.5"),

  // Saving
  bind(["s"], "save-picture", .save(.picture), .saving, "save the image as seen, a PNG"),
  bind(["E"], "export", .toggle(.exports), .saving, "save frame, projection, trace or profile"),
  bind([], "save-frame", .save(.frame), .saving, "save the frame's samples: npy, png, tif"),
  bind([], "save-projection", .save(.projection), .saving, "save the projection's samples"),
  bind([], "save-trace", .save(.trace), .saving, "save the traces of all regions, a CSV"),
  bind([], "save-row", .save(.rowProfile), .saving, "save the row through the crosshair, a CSV"),
  bind([], "save-column", .save(.columnProfile), .saving, "save the column likewise"),
  bind(["y"], "copy", .copyText, .saving, "copy frame, time and the values read as text"),

  // Program
  bind([":"], "command", .commandLine, .program, "command line"),
  bind([Key(.enter)], "build-cache", .buildCache, .program, "decode once to disk, where offered"),
  bind([.control("p")], "palette", .toggle(.palette), .program, "every action by name"),
  bind(["I"], "info", .toggle(.info), .program, "what the recording is"),
  bind(["f"], "files", .toggle(.files), .program, "the recording's files; Enter goes to one"),
  bind(["W"], "meter", .toggle(.meter), .program, "bytes, rates and rung"),
  bind(["?"], "help", .toggle(.help), .program, "this help"),
  bind([Key(.escape)], "leave", .leave, .program, "leave what is open"),
  bind([.control("l")], "redraw", .redraw, .program, "redraw the screen"),
  bind([.control("z")], "suspend", .suspend, .program, "suspend"),
  bind([.control("c")], "cancel", .interrupt, .program, "cancel the running job; twice: quit"),
  bind(["q"], "quit", .quit, .program, "quit"),
  bind(["Q"], "quit-remember", .quitRemembering, .program, "quit and remember the position"),
  bind([.control("o")], "resume", .resume, .program, "go to the position that Q remembered"),
]

private func bind(
  _ keys: [Key], _ name: String, _ action: Action, _ section: HelpSection, _ summary: String
) -> KeyBinding {
  KeyBinding(keys: keys, name: name, action: action, section: section, summary: summary)
}
