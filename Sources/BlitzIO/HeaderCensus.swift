import BlitzCore
import Dispatch
import Synchronization

/// The headers of some image files, and what they have in common.
struct HeaderCensus {
  /// One entry for each file asked for, in order.
  let results: [Result<ImageHeader, BlitzError>]

  /// Reads the headers of `files` on all processors.
  init(_ files: some RandomAccessCollection<FilePath>) {
    let files = Array(files)
    let chunk = 64
    let parts = Mutex([Int: [Result<ImageHeader, BlitzError>]]())
    DispatchQueue.concurrentPerform(iterations: (files.count + chunk - 1) / chunk) { part in
      let scratch = FileBytes()
      let own = files[part * chunk..<min((part + 1) * chunk, files.count)].map { file in
        Result { () throws(BlitzError) in try ImageFile.header(file, scratch: scratch) }
      }
      parts.withLock { $0[part] = own }
    }
    let collected = parts.withLock { $0 }
    results = collected.keys.sorted().flatMap { collected[$0] ?? [] }
  }

  /// What somebody else has read.
  init(of results: [Result<ImageHeader, BlitzError>]) { self.results = results }

  /// The readable headers.
  var headers: [ImageHeader] { results.compactMap { try? $0.get() } }

  /// What to say where files hold more than the one image that is read; nil where none does.
  ///
  /// - Parameter isComplete: The census is of all files, so that its number means something.
  func note(isComplete: Bool) -> PrintableText? {
    let (headers, several) = (headers, headers.count { $0.images > 1 })
    guard several > 0, results.count > 1 else { return nil }
    let which = isComplete ? "\(several) of \(headers.count) files hold" : "files hold"
    return PrintableText(
      "\(which) several images, of which the first is read; open such a file to see the others")
  }

  /// The first header of the size most files have; of equals, the size that comes first.
  var majority: ImageHeader? {
    var counts: [Extent: (count: Int, first: Int)] = [:]
    let headers = headers
    for (position, header) in headers.enumerated() {
      counts[Extent(header), default: (0, position)].count += 1
    }
    let best = counts.values.max { ($0.count, $1.first) < ($1.count, $0.first) }
    return best.map { headers[$0.first] }
  }

  /// The first header, cut to the smallest rows and columns of all.
  var smallest: ImageHeader? {
    let headers = headers
    guard let first = headers.first, let rows = headers.map(\.rows).min(),
      let columns = headers.map(\.columns).min()
    else { return nil }
    return ImageHeader(rows: rows, columns: columns, channels: first.channels, type: first.type)
  }
}

private struct Extent: Hashable {
  let rows, columns: Int

  init(_ header: ImageHeader) { (rows, columns) = (header.rows, header.columns) }
}
