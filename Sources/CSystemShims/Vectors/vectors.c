#include "blz_vectors.h"

#include <math.h>
#include <stdint.h>

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

// The i-th group of each of four frames.
#define FOUR_FRAMES(i)                                                                             \
  const float *first = (const float *)samples + 4 * (i);                                           \
  const floats a = *(const floats *)first, b = *(const floats *)(first + stride);                  \
  const floats c = *(const floats *)(first + 2 * stride), d = *(const floats *)(first + 3 * stride)

WIDE static inline doubles widen(floats values) { return __builtin_convertvector(values, doubles); }

WIDE static inline void add(floats a, floats b, floats c, floats d, floats about, doubles *sum,
                            doubles *square) {
  const doubles shift = widen(about);
  const doubles A = widen(a), B = widen(b), C = widen(c), D = widen(d);
  *sum += (A + B) + (C + D);
  const doubles p = A - shift, q = B - shift, r = C - shift, s = D - shift;
  *square += (p * p + q * q) + (r * r + s * s);
}

WIDE void blz_quad_add_squares(const void *samples, ptrdiff_t stride, ptrdiff_t groups,
                               const void *shift, void *sums, void *squares) {
  for (ptrdiff_t i = 0; i < groups; i++) {
    FOUR_FRAMES(i);
    add(a, b, c, d, ((const floats *)shift)[i], (doubles *)sums + i, (doubles *)squares + i);
  }
}

WIDE void blz_quad_add_all(const void *samples, ptrdiff_t stride, ptrdiff_t groups,
                           const void *shift, void *sums, void *squares, void *lows, void *highs) {
  for (ptrdiff_t i = 0; i < groups; i++) {
    FOUR_FRAMES(i);
    add(a, b, c, d, ((const floats *)shift)[i], (doubles *)sums + i, (doubles *)squares + i);
    floats low = ((floats *)lows)[i], high = ((floats *)highs)[i];
    low = LOWER(low, a), low = LOWER(low, b), low = LOWER(low, c), low = LOWER(low, d);
    high = RAISE(high, a), high = RAISE(high, b), high = RAISE(high, c), high = RAISE(high, d);
    ((floats *)lows)[i] = low;
    ((floats *)highs)[i] = high;
  }
}

WIDE void blz_quad_lower(const void *samples, ptrdiff_t stride, ptrdiff_t groups, void *lows) {
  for (ptrdiff_t i = 0; i < groups; i++) {
    FOUR_FRAMES(i);
    floats low = ((floats *)lows)[i];
    low = LOWER(low, a), low = LOWER(low, b), low = LOWER(low, c), low = LOWER(low, d);
    ((floats *)lows)[i] = low;
  }
}

WIDE void blz_quad_raise(const void *samples, ptrdiff_t stride, ptrdiff_t groups, void *highs) {
  for (ptrdiff_t i = 0; i < groups; i++) {
    FOUR_FRAMES(i);
    floats high = ((floats *)highs)[i];
    high = RAISE(high, a), high = RAISE(high, b), high = RAISE(high, c), high = RAISE(high, d);
    ((floats *)highs)[i] = high;
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
