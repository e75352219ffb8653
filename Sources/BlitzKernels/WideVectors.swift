import BlitzCore
import CVectorShims

/// Inner loops in vectors of 32 bytes, on processors that have them.
///
/// Swift is compiled for what every processor has, vectors of 16 bytes, and Double fills those with two
/// samples. The loops of `CVectorShims` do the same operations in the same order, four at a time; they
/// are compiled for the wider vectors and called only where those are. Each function returns how many
/// whole groups of four samples it did: all of them, or none. The caller does the rest, to the same
/// bits.
///
/// This file vouches for the calls: every extent is checked before its pointer is taken, and no pointer
/// outlives the closure that lends it.
enum WideVectors {
  static let areThere = blz_vectors_are_wide()

  /// Folds a chunk of frames into the moments that are wanted, and squares about `shift`.
  static func fold(
    _ samples: Span<Float>, _ chunk: FrameChunk, _ parts: MomentParts, about shift: [Float],
    squares: inout [SIMD4<Double>], _ moments: inout BlockMoments
  ) -> Int {
    let groups = chunk.size / 4
    // Every array is as long as that of the sums, whether it is wanted or not.
    let extremes = min(moments.lows.count, moments.highs.count)
    let room = min(min(moments.sums.count, squares.count), min(extremes, shift.count / 4))
    guard chunk.isWide, chunk.frames > 0, chunk.stride >= 0, groups > 0, room >= groups,
      samples.count >= (chunk.frames - 1) * chunk.stride + 4 * groups
    else { return 0 }
    let wantsSquares = parts.contains(.squares)
    unsafe samples.withUnsafeBytes { samples in
      unsafe shift.withUnsafeBytes { shift in
        unsafe moments.sums.withUnsafeMutableBytes { sums in
          unsafe squares.withUnsafeMutableBytes { squares in
            unsafe moments.lows.withUnsafeMutableBytes { lows in
              unsafe moments.highs.withUnsafeMutableBytes { highs in
                unsafe blz_fold(
                  samples.baseAddress, chunk.stride, chunk.frames, groups, shift.baseAddress,
                  wantsSquares || parts.contains(.sum) ? sums.baseAddress : nil,
                  wantsSquares ? squares.baseAddress : nil,
                  parts.contains(.low) ? lows.baseAddress : nil,
                  parts.contains(.high) ? highs.baseAddress : nil)
              }
            }
          }
        }
      }
    }
    return groups
  }

  /// Deviations about the mean of `count` frames, from their sums and squares about `shift`.
  static func deviations(
    _ moments: inout BlockMoments, squares: [SIMD4<Double>], about shift: [Float], count: Double
  ) -> Int {
    let groups = moments.deviations.count
    guard areThere, groups > 0, moments.sums.count >= groups, squares.count >= groups,
      shift.count >= 4 * groups
    else { return 0 }
    unsafe moments.sums.withUnsafeBytes { sums in
      unsafe squares.withUnsafeBytes { squares in
        unsafe shift.withUnsafeBytes { shift in
          unsafe moments.deviations.withUnsafeMutableBytes { deviations in
            unsafe blz_deviations(
              sums.baseAddress, squares.baseAddress, shift.baseAddress, groups, count,
              deviations.baseAddress)
          }
        }
      }
    }
    return groups
  }

  /// Adds the squares of a block to those of the frames before it.
  static func merge(
    _ block: BlockMoments, into squares: inout [SIMD4<Double>], sums: [SIMD4<Double>],
    frames: Int
  ) -> Int {
    let groups = squares.count
    guard areThere, groups > 0, block.sums.count >= groups, block.deviations.count >= groups,
      sums.count >= groups
    else { return 0 }
    unsafe block.sums.withUnsafeBytes { blockSums in
      unsafe block.deviations.withUnsafeBytes { deviations in
        unsafe sums.withUnsafeBytes { sums in
          unsafe squares.withUnsafeMutableBytes { squares in
            unsafe blz_merge_squares(
              blockSums.baseAddress, deviations.baseAddress, sums.baseAddress, groups,
              Double(frames), Double(block.frames), squares.baseAddress)
          }
        }
      }
    }
    return groups
  }

  /// A window's sums, one frame further, and their means; all samples finite.
  static func slide(
    _ sums: inout [SIMD4<Double>], _ inverse: Double, _ oldest: Span<Float>,
    _ newest: Span<Float>, _ result: inout MutableSpan<Float>
  ) -> Int {
    let groups = newest.count / 4
    guard areThere, groups > 0, oldest.count >= 4 * groups, result.count >= 4 * groups,
      sums.count >= groups
    else { return 0 }
    unsafe oldest.withUnsafeBytes { oldest in
      unsafe newest.withUnsafeBytes { newest in
        unsafe sums.withUnsafeMutableBytes { sums in
          unsafe result.withUnsafeMutableBytes { result in
            unsafe blz_slide_mean(
              oldest.baseAddress, newest.baseAddress, groups, inverse, sums.baseAddress,
              result.baseAddress)
          }
        }
      }
    }
    return groups
  }

  /// Counts samples into a histogram's bins, `step` wide and 1024 at most, and what lies outside.
  static func count(
    _ samples: Span<Float>, scale: Double, step: Double, into histogram: inout Histogram
  ) -> Int {
    let groups = samples.count / 4
    let bins = histogram.counts.count
    guard areThere, groups > 0, groups <= 1 << 30, bins <= Int(BLZ_HISTOGRAM_BINS) else { return 0 }
    let window = histogram.window
    var outside: [3 of Int] = [0, 0, 0]
    unsafe samples.withUnsafeBytes { samples in
      unsafe histogram.counts.withUnsafeMutableBytes { counts in
        unsafe withUnsafeMutableBytes(of: &outside) { outside in
          unsafe blz_histogram(
            samples.baseAddress, groups, window.darkest, window.brightest, scale, step, bins,
            counts.baseAddress, outside.baseAddress)
        }
      }
    }
    histogram.below += outside[0]
    histogram.above += outside[1]
    histogram.notANumber += outside[2]
    return groups
  }
}
