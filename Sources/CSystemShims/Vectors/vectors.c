#include "blz_vectors.h"

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
