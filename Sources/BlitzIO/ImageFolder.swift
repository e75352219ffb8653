import BlitzCore

/// A folder of images on its way to a recording: which files, and what size a frame has.
struct ImageFolder {
  let format: String
  let folder: FilePath
  let names: FileNames
  let skipped: [SkippedInput]

  init(_ scan: FolderScan) {
    (format, folder, names, skipped) = (scan.format.name, scan.folder, scan.names, scan.skipped)
  }

  init(_ sequence: ImageSequence, skipped: [SkippedInput]) {
    format = sequence.description.format
    (folder, names, self.skipped) = (sequence.folder, sequence.names, skipped)
  }

  /// One image file as a folder of one.
  init(file: FilePath, format: String) {
    var names = FileNames()
    names.append(file.name)
    (self.format, folder, self.names, skipped) = (format, file.folder, names, [])
  }

  private func file(_ position: Int) -> FilePath { folder.appending(names[position]) }

  /// Every file as a frame, its size judged by up to 16 files spread over the folder.
  ///
  /// Of a disk that answers for some of them only, those that come within a second decide.
  func glance(_ options: LoadOptions) throws(BlitzError) -> ImageSequence {
    let sampleCount = min(16, names.count)
    let files = (0..<sampleCount).map { file($0 * names.count / sampleCount) }
    let sample = HeaderCensus(of: HeaderSample.read(files, patience: 1))
    let reference = if let majority = sample.majority { majority } else { try firstReadable() }
    return try ImageSequence(
      format: format, folder: folder, names: names, reference: reference, options: options,
      note: sample.note(isComplete: false))
  }

  /// The files that are frames by their headers, all of which are read; the others are listed.
  func survey(_ options: LoadOptions) throws(BlitzError) -> (ImageSequence, [SkippedInput]) {
    let census = HeaderCensus(names.indices.map(file))
    let reference = options.mixed == .crop ? census.smallest : census.majority
    guard let reference else { throw unreadable(census.results.first) }
    var (kept, skipped) = ([Int](), skipped)
    for (position, result) in census.results.enumerated() {
      switch result {
      case .failure(let error):
        skipped.append(SkippedInput(file: file(position), reason: error.reason.text))
      case .success(let header) where options.mixed == .crop || header.hasSize(of: reference):
        kept.append(position)
      case .success(let header):
        let reason = "other size: \(header.size), not \(reference.size)"
        if options.mixed == .error { throw mixedSizes(file(position), reason) }
        skipped.append(SkippedInput(file: file(position), reason: reason))
      }
    }
    let sequence = try ImageSequence(
      format: format, folder: folder, names: names.picking(kept), reference: reference,
      options: options, note: census.note(isComplete: true))
    return (sequence, skipped)
  }

  private func firstReadable() throws(BlitzError) -> ImageHeader {
    let scratch = FileBytes()
    var first: BlitzError?
    for position in names.indices {
      do throws(BlitzError) {
        return try ImageFile.header(file(position), scratch: scratch)
      } catch { first = first ?? error }
    }
    throw unreadable(first.map { .failure($0) })
  }

  private func unreadable(_ first: Result<ImageHeader, BlitzError>?) -> BlitzError {
    guard case .failure(let error) = first else {
      return BlitzError(.missingInput, folder.description, "holds no files")
    }
    if names.count == 1 { return error }
    return BlitzError(
      .damagedInput, folder.description, "none of \(names.count) \(format) files can be read",
      hint: "the first, \(error.subject): \(error.reason)")
  }

  private func mixedSizes(_ file: FilePath, _ reason: String) -> BlitzError {
    BlitzError(
      .unsupported, file.description, reason, hint: "--mixed skip leaves it out, crop cuts all")
  }
}

extension ImageHeader {
  var size: String { "\(columns)x\(rows)" }

  func hasSize(of other: ImageHeader) -> Bool { rows == other.rows && columns == other.columns }
}
