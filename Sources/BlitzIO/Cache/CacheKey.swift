import BlitzCore
import Glibc

/// What a cached stack was made of: it is used only where every part of this is the same.
///
/// The recording's place, device, inode, length and time of last write (of images, those of every one
/// and not the folder's, where other files may come and go), the options that change samples, the versions of the libraries that decode, and that of
/// what is stored.
struct CacheKey: Equatable, Sendable {
  /// Raised whenever decoding changes samples or the record changes its form.
  private static let version = 2

  /// All parts, one a line; printable ASCII but for what a path holds.
  let text: String
  /// The recording's place, for lists.
  let source: String

  /// The key of a recording under options; nil when its files cannot be looked at.
  init?(_ recording: Recording, _ options: LoadOptions) {
    guard let place = Self.absolute(recording.location),
      let identity = Self.identity(of: place)
    else { return nil }
    source = place.description
    var lines = ["blitz \(Self.version)", "path \(source)"]
    if let images = recording.reader as? ImageSequence {
      var sum = Checksum()
      for frame in 0..<images.names.count {
        guard let image = Self.identity(of: images.file(frame)) else { return nil }
        let line = Array((image + "\n").utf8) + images.names[frame]
        sum.add(line.span)
      }
      lines.append("images \(images.names.count) \(sum.value)")
    } else {
      lines.append(identity)
    }
    lines.append(Self.text(options))
    lines.append("decoders " + CodecLibraries.versions(of: recording.reader))
    text = lines.joined(separator: "\n")
  }

  /// A name for its files: 16 hexadecimal digits. The record holds the whole key to compare.
  var name: String {
    var sum = Checksum()
    sum.add(Array(text.utf8).span)
    let digits = String(sum.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func text(_ options: LoadOptions) -> String {
    let crop = options.crop.map { "\($0.x),\($0.y),\($0.width),\($0.height)" } ?? "all"
    return """
      crop \(crop) size \(options.size) color \(options.color) luma \(options.luma.rawValue) \
      eight \(options.eightBit) normalize \(options.normalize) mixed \(options.mixed.rawValue)
      """
  }

  private static func identity(of path: FilePath) -> String? {
    var status = stat()
    guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else { return nil }
    let file = FileIdentity(status)
    return "file \(file.device) \(file.inode) \(file.byteCount) \(file.modified)"
  }

  private static func absolute(_ path: FilePath) -> FilePath? {
    unsafe path.withCString { path in
      guard let resolved = unsafe realpath(path, nil) else { return nil }
      defer { unsafe free(resolved) }
      let length = unsafe strlen(resolved)
      let bytes = unsafe UnsafeBufferPointer(start: resolved, count: length)
      return FilePath(bytes: unsafe bytes.map { UInt8(bitPattern: $0) })
    }
  }
}
