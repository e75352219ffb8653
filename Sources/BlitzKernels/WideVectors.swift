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

  /// Four frames' samples, and their squares about `shift`.
  static func add(
    _ samples: Span<Float>, _ quad: FrameQuad, shift: [Float], to sums: inout [SIMD4<Double>],
    squares: inout [SIMD4<Double>]
  ) -> Int {
    let groups = groups(
      samples, quad, room: min(shift.count / 4, min(sums.count, squares.count)))
    guard groups > 0 else { return 0 }
    unsafe samples.withUnsafeBytes { samples in
      unsafe shift.withUnsafeBytes { shift in
        unsafe sums.withUnsafeMutableBytes { sums in
          unsafe squares.withUnsafeMutableBytes { squares in
            unsafe blz_quad_add_squares(
              samples.baseAddress, quad.stride, groups, shift.baseAddress, sums.baseAddress,
              squares.baseAddress)
          }
        }
      }
    }
    return groups
  }

  /// The same, and the extremes.
  static func add(
    _ samples: Span<Float>, _ quad: FrameQuad, shift: [Float], to sums: inout [SIMD4<Double>],
    squares: inout [SIMD4<Double>], lows: inout [SIMD4<Float>], highs: inout [SIMD4<Float>]
  ) -> Int {
    let groups = groups(
      samples, quad,
      room: min(min(shift.count / 4, sums.count), min(squares.count, min(lows.count, highs.count))))
    guard groups > 0 else { return 0 }
    unsafe samples.withUnsafeBytes { samples in
      unsafe shift.withUnsafeBytes { shift in
        unsafe sums.withUnsafeMutableBytes { sums in
          unsafe squares.withUnsafeMutableBytes { squares in
            unsafe lows.withUnsafeMutableBytes { lows in
              unsafe highs.withUnsafeMutableBytes { highs in
                unsafe blz_quad_add_all(
                  samples.baseAddress, quad.stride, groups, shift.baseAddress, sums.baseAddress,
                  squares.baseAddress, lows.baseAddress, highs.baseAddress)
              }
            }
          }
        }
      }
    }
    return groups
  }

  /// Four frames' smallest samples.
  static func lower(
    _ lows: inout [SIMD4<Float>], to samples: Span<Float>, _ quad: FrameQuad
  ) -> Int {
    let groups = groups(samples, quad, room: lows.count)
    guard groups > 0 else { return 0 }
    unsafe samples.withUnsafeBytes { samples in
      unsafe lows.withUnsafeMutableBytes { lows in
        unsafe blz_quad_lower(samples.baseAddress, quad.stride, groups, lows.baseAddress)
      }
    }
    return groups
  }

  /// Four frames' largest samples.
  static func raise(
    _ highs: inout [SIMD4<Float>], to samples: Span<Float>, _ quad: FrameQuad
  ) -> Int {
    let groups = groups(samples, quad, room: highs.count)
    guard groups > 0 else { return 0 }
    unsafe samples.withUnsafeBytes { samples in
      unsafe highs.withUnsafeMutableBytes { highs in
        unsafe blz_quad_raise(samples.baseAddress, quad.stride, groups, highs.baseAddress)
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

  /// The whole groups of a quad whose samples and accumulators are all there; 0 where there are none.
  private static func groups(_ samples: Span<Float>, _ quad: FrameQuad, room: Int) -> Int {
    let groups = quad.size / 4
    let isInside =
      quad.stride >= 0 && samples.count >= 3 * quad.stride + 4 * groups && room >= groups
    return quad.isWide && isInside ? groups : 0
  }
}
