import BlitzCore
import Glibc

/// The names in a folder, as bytes and in the system's order, with what is known of each for free.
struct FolderEntries {
  enum Kind: UInt8 {
    case regular, link, unknown, other
  }

  private(set) var names = FileNames()
  private(set) var kinds: [Kind] = []

  /// Lists a folder without descending; hidden files (a leading dot) are left out.
  init(of folder: FilePath) throws(BlitzError) {
    let flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC
    let descriptor = unsafe folder.withCString { unsafe Glibc.open($0, flags) }
    guard descriptor >= 0, let stream = unsafe fdopendir(descriptor) else {
      let reason = systemReason(errno)
      if descriptor >= 0 { close(descriptor) }
      throw BlitzError(.missingInput, folder.description, reason)
    }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      // The entry is the stream's and stays as it is until the next call.
      let kind = unsafe Self.kind(entry.pointee.d_type)
      unsafe withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        let name = unsafe buffer.prefix { $0 != 0 }
        guard unsafe name.first != 0x2e else { return }
        unsafe names.append(name)
        kinds.append(kind)
      }
    }
  }

  private static func kind(_ type: UInt8) -> Kind {
    switch Int(type) {
    case DT_REG: .regular
    case DT_LNK: .link
    case DT_UNKNOWN: .unknown
    default: .other
    }
  }
}
