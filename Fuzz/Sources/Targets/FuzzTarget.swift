/// One parser that is given any bytes, and what must hold whatever they are.
struct FuzzTarget: Sendable {
  /// Something that must hold does not.
  struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  /// The name on the command line, and of the folder that keeps its crashers.
  let name: String
  /// Texts that a run begins with.
  var texts: [String] = []
  /// Fixtures that a run begins with: a folder of the tests' fixtures, and endings of names.
  var files: (folder: String, endings: [String])?
  /// Longest input made, in bytes.
  var longest = 4096
  /// Feeds one input; a trap is a finding too.
  let run: @Sendable ([UInt8]) throws -> Void

  /// Every target.
  static let all =
    [npyHeader, npyFile, tiffPages, tiffFile, png, jpeg, bmp, webp, pnm, video]
    + [range, region, correction, frameRate, commandLine]
    + [byteAmount, crop, levels, numberedNames]
    + [keyDecoder, viewerKeys, naturalOrder, csv, printableText, loadPlan, cacheRecord]
}

/// Notes a violation unless the condition holds.
func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
  if !condition { throw FuzzTarget.Violation(what()) }
}
