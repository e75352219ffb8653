#include "blz_vectors.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

// Unaligned on purpose; a group of floats, or twice that, and a group of doubles.
typedef float floats __attribute__((ext_vector_type(4), aligned(4)));
typedef double doubles __attribute__((ext_vector_type(4), aligned(8)));

#if defined(__x86_64__)
// Without fused multiplications: they would round differently.
#define WIDE __attribute__((target("avx2")))
bool blz_vectors_are_wide(void) { return __builtin_cpu_supports("avx2"); }
#else
#define WIDE
bool blz_vectors_are_wide(void) { return false; }
#endif

// Comparisons with NaN are false, so that NaN never replaces a number.
#define LOWER(low, value) ((value) < (low) ? (value) : (low))
#define RAISE(high, value) ((value) > (high) ? (value) : (high))

WIDE static inline doubles widen(floats values) { return __builtin_convertvector(values, doubles); }

// Made anew for each set of moments, where what is NULL is left out, and number of frames: a multiple
// of four, or 1. Extremes follow when sums are stored: all at once wants more registers than there are.
WIDE __attribute__((always_inline)) static inline void
fold(const float *samples, ptrdiff_t stride, int frames, ptrdiff_t groups, const floats *shift,
     doubles *sums, doubles *squares, floats *lows, floats *highs) {
  for (ptrdiff_t i = 0; i < groups; i++, samples += 4) {
    floats v[8];
#pragma clang loop unroll(full)
    for (int k = 0; k < frames; k++) v[k] = *(const floats *)(samples + k * stride);
    doubles sum = sums ? sums[i] : 0, square = squares ? squares[i] : 0;
    const doubles about = squares ? widen(shift[i]) : 0;
#pragma clang loop unroll(full)
    for (int k = 0; k + 4 <= frames; k += 4) {
      const doubles A = widen(v[k]), B = widen(v[k + 1]);
      const doubles C = widen(v[k + 2]), D = widen(v[k + 3]);
      sum += (A + B) + (C + D);
      const doubles p = A - about, q = B - about, r = C - about, s = D - about;
      square += (p * p + q * q) + (r * r + s * s);
    }
    if (frames == 1) {
      const doubles A = widen(v[0]), p = A - about;
      sum += A;
      square += p * p;
    }
    if (sums) sums[i] = sum;
    if (squares) squares[i] = square;
    if (lows) {
      floats low = lows[i];
#pragma clang loop unroll(full)
      for (int k = 0; k < frames; k++) low = LOWER(low, v[k]);
      lows[i] = low;
    }
    if (highs) {
      floats high = highs[i];
#pragma clang loop unroll(full)
      for (int k = 0; k < frames; k++) high = RAISE(high, v[k]);
      highs[i] = high;
    }
  }
}

// As many frames at a time as the registers hold.
#define FOLD(most, shift, sums, squares, lows, highs)                                              \
  do {                                                                                             \
    const float *rest = samples;                                                                   \
    for (; frames >= most; frames -= most, rest += most * stride)                                  \
      fold(rest, stride, most, groups, shift, sums, squares, lows, highs);                         \
    for (; frames >= 4; frames -= 4, rest += 4 * stride)                                           \
      fold(rest, stride, 4, groups, shift, sums, squares, lows, highs);                            \
    for (; frames >= 1; frames -= 1, rest += stride)                                               \
      fold(rest, stride, 1, groups, shift, sums, squares, lows, highs);                            \
  } while (0)

WIDE void blz_fold(const void *samples, ptrdiff_t stride, ptrdiff_t frames, ptrdiff_t groups,
                   const void *shift, void *sums, void *squares, void *lows, void *highs) {
  // What is known not to be NULL is not asked for in the loop.
  if (sums && squares && lows && highs)
    FOLD(4, shift, sums, squares, lows, highs);
  else if (sums && !squares && !lows && !highs)
    FOLD(8, NULL, sums, NULL, NULL, NULL);
  else if (sums && squares && !lows && !highs)
    FOLD(8, shift, sums, squares, NULL, NULL);
  else if (!sums && !squares && lows && !highs)
    FOLD(8, NULL, NULL, NULL, lows, NULL);
  else if (!sums && !squares && !lows && highs)
    FOLD(8, NULL, NULL, NULL, NULL, highs);
  else if (!sums && !squares)
    FOLD(8, NULL, NULL, NULL, lows, highs);
  else
    FOLD(4, shift, sums, squares, lows, highs);
}

WIDE void blz_deviations(const void *sums, const void *squares, const void *shift,
                         ptrdiff_t groups, double count, void *deviations) {
  const double inverse = 1 / count;
  for (ptrdiff_t i = 0; i < groups; i++) {
    const doubles moved = ((const doubles *)sums)[i] - count * widen(((const floats *)shift)[i]);
    const doubles variance = (((const doubles *)squares)[i] - moved * moved * inverse) * inverse;
    ((floats *)deviations)[i] = __builtin_convertvector(
        __builtin_elementwise_sqrt(variance < 0 ? (doubles)0 : variance), floats);
  }
}

WIDE void blz_merge_squares(const void *block_sums, const void *deviations, const void *sums,
                            ptrdiff_t groups, double mine, double theirs, void *squares) {
  const double weight = mine * theirs / (mine + theirs);
  const double per_mine = mine > 0 ? 1 / mine : 0, per_theirs = 1 / theirs;
  for (ptrdiff_t i = 0; i < groups; i++) {
    const doubles distance =
        ((const doubles *)block_sums)[i] * per_theirs - ((const doubles *)sums)[i] * per_mine;
    const doubles deviation = widen(((const floats *)deviations)[i]);
    ((doubles *)squares)[i] += deviation * deviation * theirs + distance * distance * weight;
  }
}

WIDE void blz_slide_mean(const void *oldest, const void *newest, ptrdiff_t groups, double inverse,
                         void *sums, void *result) {
  for (ptrdiff_t i = 0; i < groups; i++) {
    const doubles sum = ((doubles *)sums)[i] + widen(((const floats *)newest)[i]) -
                        widen(((const floats *)oldest)[i]);
    ((doubles *)sums)[i] = sum;
    ((floats *)result)[i] = __builtin_convertvector(sum * inverse, floats);
  }
}

typedef int32_t ints __attribute__((ext_vector_type(4)));
typedef int64_t longs __attribute__((ext_vector_type(4)));

// Each lane counts into a table of its own: two samples of one bin do not wait for each other.
WIDE void blz_histogram(const void *samples, ptrdiff_t groups, double low, double high, double scale,
                        double step, ptrdiff_t bins, void *counts, void *outside) {
  uint32_t tables[4][BLZ_HISTOGRAM_BINS + 3];
  for (int lane = 0; lane < 4; lane++) memset(tables[lane], 0, (bins + 3) * sizeof(uint32_t));
  const double last = bins - 1;
  for (ptrdiff_t i = 0; i < groups; i++) {
    const doubles x = widen(((const floats *)samples)[i]);
    doubles t = (x - low) * scale;
    t = t > 0 ? t : 0;
    const ints nearest = __builtin_convertvector(t < last ? t : last, ints);
    const doubles bin = __builtin_convertvector(nearest, doubles);
    // Rounding may have put it on the wrong side of an edge.
    const longs under = x < low + step * bin;
    const longs over = (x >= low + step * (bin + 1)) & (bin < last) & ~under;
    const longs found = __builtin_convertvector(nearest, longs) + under - over;
    const longs beyond = x < low ? (longs)bins : x > high ? (longs)(bins + 1) : (longs)(bins + 2);
    const longs isInside = (x >= low) & (x <= high);
    const longs index = (found & isInside) | (beyond & ~isInside);
    for (int lane = 0; lane < 4; lane++) tables[lane][index[lane]]++;
  }
  for (ptrdiff_t bin = 0; bin < bins + 3; bin++) {
    int64_t *total = bin < bins ? (int64_t *)counts + bin : (int64_t *)outside + (bin - bins);
    for (int lane = 0; lane < 4; lane++) *total += tables[lane][bin];
  }
}

typedef float value __attribute__((ext_vector_type(8), aligned(4)));
typedef int32_t lanes __attribute__((ext_vector_type(8), aligned(4)));
typedef int16_t narrow __attribute__((ext_vector_type(8), aligned(2)));
typedef int16_t narrow_pair __attribute__((ext_vector_type(16), aligned(2)));

WIDE bool blz_median_survey(const void *values, ptrdiff_t count, void *lows, void *highs,
                            void *numbers) {
  // Adding 1.5 x 2^23 leaves no room for a fraction, up to 2^22.
  const float round = 12582912;
  value low = INFINITY, high = -INFINITY;
  lanes missing = 0, broken = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    const value v = ((const value *)values)[i];
    low = LOWER(low, v);
    high = RAISE(high, v);
    const lanes is_number = v == v;
    missing += is_number; // -1 for each number
    broken |= (((v + round) - round) != v) & is_number;
  }
  *(value *)lows = low;
  *(value *)highs = high;
  *(lanes *)numbers = -missing;
  for (int lane = 0; lane < 8; lane++)
    if (broken[lane]) return false;
  return true;
}

WIDE void blz_median_narrow(const void *values, ptrdiff_t count, const void *lows,
                            void *distances) {
  const value low = *(const value *)lows;
  for (ptrdiff_t i = 0; i < count; i++) {
    const lanes distance = __builtin_convertvector(((const value *)values)[i] - low, lanes);
    ((narrow *)distances)[i] = __builtin_convertvector(distance - 32768, narrow);
  }
}

WIDE void blz_count_below(const void *values, ptrdiff_t count, const void *pivot, void *counts) {
  const value bound = *(const value *)pivot;
  lanes even = 0, odd = 0;
  ptrdiff_t i = 0;
  for (; i + 2 <= count; i += 2) {
    even -= ((const value *)values)[i] < bound;
    odd -= ((const value *)values)[i + 1] < bound;
  }
  if (i < count) even -= ((const value *)values)[i] < bound;
  *(lanes *)counts = even + odd;
}

WIDE void blz_count_above(const void *values, ptrdiff_t count, const void *pivot, void *counts) {
  const narrow bound = *(const narrow *)pivot;
  const narrow_pair bounds = __builtin_shufflevector(bound, bound, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
                                                     10, 11, 12, 13, 14, 15);
  narrow_pair pairs = 0;
  ptrdiff_t i = 0;
  for (; i + 2 <= count; i += 2)
    pairs -= *(const narrow_pair *)((const narrow *)values + i) > bounds;
  narrow total = pairs.lo + pairs.hi;
  if (i < count) total -= ((const narrow *)values)[i] > bound;
  *(lanes *)counts = __builtin_convertvector(total, lanes);
}

WIDE void blz_smallest_above(const void *values, ptrdiff_t count, const void *pivot,
                             void *smallest) {
  const narrow bound = *(const narrow *)pivot;
  narrow found = INT16_MAX;
  for (ptrdiff_t i = 0; i < count; i++) {
    const narrow v = ((const narrow *)values)[i];
    found = ((v > bound) & (v < found)) ? v : found;
  }
  *(narrow *)smallest = found;
}
