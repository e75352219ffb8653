import BlitzCore
import CCodecShims

extension blz_problem {
  /// The library's words; a codec that failed without any ran out of memory.
  var reason: String {
    let bytes = unsafe withUnsafeBytes(of: text) { unsafe Array($0.prefix { $0 != 0 }) }
    return bytes.isEmpty ? "not enough memory to decode it" : PrintableText(bytes: bytes).text
  }

  /// The failure of reading a header.
  func failure(_ outcome: blz_outcome, hint: String? = nil) -> ImageProblem {
    switch outcome {
    case BLZ_DAMAGED: ImageProblem(kind: .damagedInput, reason: reason)
    case BLZ_REFUSED: ImageProblem(kind: .unsupported, reason: reason, hint: hint)
    default: ImageProblem(kind: .system, reason: reason)
    }
  }
}

extension DecodedFrame {
  /// Notes how decoding ended; what is not complete keeps its slot as a damaged frame.
  func conclude(_ outcome: blz_outcome, _ problem: blz_problem) -> FrameCondition {
    report.warnings += Int(problem.warnings)
    guard outcome != BLZ_COMPLETE else { return .complete }
    report.problem = problem.reason
    return .damaged
  }
}
