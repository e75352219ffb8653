#pragma once

#include <stdbool.h>
#include <stddef.h>

// Inner loops in vectors of 32 bytes, which every x86-64 processor since about 2013 has, but which
// may not be assumed of all. Each does the very operations of the Swift loop that it stands for, in
// the same order, so that its results are the same to the last bit.
//
// A group is four samples. Samples are float; sums and squares are double, four to a group; shift,
// lows and highs are float, four to a group. Nothing needs to be aligned beyond its own type.

/// True where the functions below may be called.
bool blz_vectors_are_wide(void);

/// Of four frames, `stride` samples apart: the samples and their squared distances from `shift`.
void blz_quad_add_squares(const void *samples, ptrdiff_t stride, ptrdiff_t groups, const void *shift,
                          void *sums, void *squares);

/// As above, and the extremes; a NaN is never one.
void blz_quad_add_all(const void *samples, ptrdiff_t stride, ptrdiff_t groups, const void *shift,
                      void *sums, void *squares, void *lows, void *highs);

/// Of four frames, the smallest samples; a NaN is never one.
void blz_quad_lower(const void *samples, ptrdiff_t stride, ptrdiff_t groups, void *lows);

/// Of four frames, the largest samples; a NaN is never one.
void blz_quad_raise(const void *samples, ptrdiff_t stride, ptrdiff_t groups, void *highs);

/// Adds the newest samples to sums, takes the oldest out, and writes the sums times `inverse`.
void blz_slide_mean(const void *oldest, const void *newest, ptrdiff_t groups, double inverse,
                    void *sums, void *result);
