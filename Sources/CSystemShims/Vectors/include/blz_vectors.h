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

/// Asks the processor to fetch memory that will be read soon; costs no wait.
static inline void blz_prefetch(const void *memory, ptrdiff_t bytes) {
  for (ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)memory + i);
}

/// Folds frames, `stride` samples apart, four at a time and then one by one, into the moments that are
/// not NULL: sums, squares of the distances from `shift`, and extremes, of which a NaN is never one.
/// Squares are not to be had without sums.
void blz_fold(const void *samples, ptrdiff_t stride, ptrdiff_t frames, ptrdiff_t groups,
              const void *shift, void *sums, void *squares, void *lows, void *highs);

/// Standard deviations, as float, of `count` samples from their sums and their squares about `shift`.
void blz_deviations(const void *sums, const void *squares, const void *shift, ptrdiff_t groups,
                    double count, void *deviations);

/// Adds to the squares about the mean of `mine` frames those of a block of `theirs`, whose sums and
/// deviations these are.
void blz_merge_squares(const void *block_sums, const void *deviations, const void *sums,
                       ptrdiff_t groups, double mine, double theirs, void *squares);

/// Adds the newest samples to sums, takes the oldest out, and writes the sums times `inverse`.
void blz_slide_mean(const void *oldest, const void *newest, ptrdiff_t groups, double inverse,
                    void *sums, void *result);

/// Most bins that `blz_histogram` counts into.
#define BLZ_HISTOGRAM_BINS 1024

/// Adds to `counts` how many samples fall into each of so many bins, `step` wide from `low` on, and to
/// the three of `outside` how many lie below, above and are NaN; `scale` is bins by distance from `low`.
/// At most 2^30 groups and BLZ_HISTOGRAM_BINS bins; both counts are int64.
void blz_histogram(const void *samples, ptrdiff_t groups, double low, double high, double scale,
                   double step, ptrdiff_t bins, void *counts, void *outside);

// Medians: a value is eight neighbouring samples at one time, 32 bytes as float and 16 as int16.
// Extremes, counts and pivots are eight floats or int32.

/// The extremes of `count` values, how many in each lane are numbers, and whether all numbers are whole
/// (up to 2^22).
bool blz_median_survey(const void *values, ptrdiff_t count, void *lows, void *highs, void *numbers);

/// Writes the distances of whole values from `lows`, 0...65535, less 2^15, as int16.
void blz_median_narrow(const void *values, ptrdiff_t count, const void *lows, void *distances);

/// Counts in each lane the values below a pivot.
void blz_count_below(const void *values, ptrdiff_t count, const void *pivot, void *counts);

/// Counts in each lane the int16 values above a pivot, which is int16 too; at most 32767 values.
void blz_count_above(const void *values, ptrdiff_t count, const void *pivot, void *counts);

/// The smallest int16 value of each lane above a pivot; INT16_MAX where there is none.
void blz_smallest_above(const void *values, ptrdiff_t count, const void *pivot, void *smallest);
