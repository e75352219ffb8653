import BlitzCore
import BlitzIO
import BlitzKernels
import BlitzModel

/// One export of the viewer as a file, in the layouts that the commands write.
struct ExportDocument {
  let request: ExportRequest
  /// The stack with the corrections of the request.
  let stack: OpenedStack
  let projections: ProjectionWorker
  let options: LoadOptions
  let work: Work

  /// Writes the file.
  ///
  /// - Returns: What it lacks, such as frames that have not arrived; nil when it is whole.
  /// - Throws: `cancelled`, `limit` where what is to be saved is not there yet, or what reading and
  ///   writing throw; nothing is left behind then.
  func write(to destination: Destination) throws(BlitzError) -> String? {
    switch request.export {
    case .picture, .frame, .projection:
      var (plane, remark) = try plane()
      let isPicture = request.export == .picture
      if isPicture { plane = plane.turned(request.orientation) }
      let storedAs = isPicture ? nil : stack.codeType(options)
      try ImageDocument(plane, storedAs: storedAs, work.console, remark: remark) {
        Coloring(request.display, fitting: $0)
      }.write(to: destination)
      return remark
    case .trace: return try writeTrace(to: destination)
    case .rowProfile: return try writeProfile(request.crosshair.map { .row($0.y) }, to: destination)
    case .columnProfile:
      return try writeProfile(request.crosshair.map { .column($0.x) }, to: destination)
    }
  }

  // MARK: - Images

  /// The frame or projection, and what it lacks.
  private func plane() throws(BlitzError) -> (plane: ImagePlane, remark: String?) {
    switch request.plane {
    case .frame(let position):
      guard 0..<stack.plan.frames.count ~= position,
        stack.source.condition(of: position) != .pending
      else { throw missing("frame has not been loaded yet") }
      let isDamaged = stack.source.condition(of: position) == .damaged
      return (try ImagePlane(frame: position, of: stack.source), isDamaged ? "damaged" : nil)
    case .projection(let operation, let range):
      let known = projections.known(operation, over: range, of: request.corrections)
      guard let known else { throw missing("\(operation.rawValue) is still being computed") }
      let remark = known.shortfall.remark(frames: range.count, rows: stack.source.shape.rows)
      return (ImagePlane(known.samples, like: stack.source.shape), remark)
    }
  }

  private func missing(_ what: String) -> BlitzError {
    BlitzError(.limit, request.export.title, what, hint: "save it when it shows")
  }

  // MARK: - Tables

  private func writeTrace(to destination: Destination) throws(BlitzError) -> String? {
    let names = try TraceTable.names(of: request.regions)
    let shape = stack.source.shape
    let reductions = try zip(names, request.regions).map { name, region throws(BlitzError) in
      guard let reduction = TraceReduction(of: region, in: shape, statistics: [request.statistic])
      else {
        throw BlitzError(
          .limit, "ROI \(name)", "lies outside the frames", hint: "move it onto the image")
      }
      return reduction
    }
    let values = try StackTraces(stack: stack, work: work).measure(reductions)
    let pending = values.first?.count { $0 == nil } ?? 0
    let remark = ProjectionShortfall(frames: pending).remark(frames: shape.frames, rows: shape.rows)
    let table = TraceTable(
      notes: notes(remark, of: stack.plan.frames), frames: stack.plan.frames,
      seconds: FrameClock(stack, options).seconds, statistics: [request.statistic],
      columns: names.indices.map {
        TraceTable.Column(name: names[$0], region: request.regions[$0], values: values[$0])
      })
    try write(table.document, to: destination)
    return remark
  }

  private func writeProfile(
    _ line: Profile.Line?, to destination: Destination
  ) throws(BlitzError) -> String? {
    let shape = stack.source.shape
    guard let line, var profile = Profile(line, width: request.profileWidth, in: shape) else {
      throw BlitzError(
        .limit, request.export.title, "there is no crosshair on the frames",
        hint: "c puts one there")
    }
    let (plane, remark) = try plane()
    profile.measure(plane.samples.span)
    let table = ProfileTable(notes: notes(remark, of: frames), subject: subject, profile: profile)
    try write(table.document, to: destination)
    return remark
  }

  /// The source frames that the plane is made from; a window takes in its neighbours.
  private var frames: FrameRange {
    let kept = stack.plan.frames
    switch request.plane {
    case _ where request.corrections.hasWindow: return kept
    case .frame(let position):
      return FrameRange(start: kept[position], end: kept[position] + 1) ?? kept
    case .projection(_, let range):
      let (start, end) = (kept[range.start], kept[range.end - 1] + 1)
      return FrameRange(start: start, end: end, step: kept.step) ?? kept
    }
  }

  /// What a profile crosses, in source frames.
  private var subject: String {
    let kept = stack.plan.frames
    switch request.plane {
    case .frame(let position): return "frame: \(kept[position])"
    case .projection(let operation, let range):
      return "\(operation.rawValue): \(kept[range.start]):\(kept[range.end - 1] + 1)"
    }
  }

  private func notes(_ remark: String?, of frames: FrameRange) -> [String] {
    stack.notes(options, frames: frames) + (remark.map { [$0] } ?? [])
  }

  private func write(
    _ document: CSVDocument, to destination: Destination
  ) throws(BlitzError) {
    guard !work.interruption.flag.isCancelled else {
      throw BlitzError(.cancelled, request.export.title, "stopped")
    }
    try destination.write(document.bytes)
  }
}

extension ProjectionShortfall {
  /// `partial: 18 of 50 frames`; nil where nothing is missing.
  fileprivate func remark(frames: Int, rows: Int) -> String? {
    text(frames: frames, rows: rows).map { "partial: \($0)" }
  }
}

extension Corrections {
  /// True when frames are corrected by their neighbours.
  fileprivate var hasWindow: Bool {
    [subtract, divide].contains { correction in
      if case .window = correction?.source { true } else { false }
    }
  }
}
