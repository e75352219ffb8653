#pragma once
#include <stdint.h>

#include "blz_problem.h"

/// A PNG file in memory whose header has been read.
typedef struct blz_png blz_png;

/// Memory that decoding uses again from file to file; for one thread at a time.
typedef struct blz_png_scratch blz_png_scratch;

/// NULL when there is no memory.
blz_png_scratch *blz_png_scratch_create(void);

/// NULL is allowed.
void blz_png_scratch_free(blz_png_scratch *scratch);

/// What the header says of the samples that blz_png_read delivers: alpha is dropped, depths below
/// 8 bits are scaled to 8, a palette is looked up and gray when all its entries are.
typedef struct blz_png_info {
  uint32_t width, height;
  /// 1 or 3.
  uint8_t channels;
  /// 8 or 16; 16-bit samples are big-endian.
  uint8_t bits;
} blz_png_info;

/// Reads the header of a file.
///
/// `bytes` are borrowed until blz_png_close. At most `max_pixels` pixels and 65535 in an edge.
/// On BLZ_COMPLETE `*png` is to be closed by the caller, else it is NULL.
blz_outcome blz_png_open(const uint8_t *bytes, size_t count, uint64_t max_pixels, blz_png **png,
                         blz_png_info *info, blz_problem *problem);

/// Decodes into `samples`, height x width x channels without padding; `capacity` in bytes.
/// May be called once.
///
/// With a `scratch` and room for one more byte for each row, common layouts are decoded in one go
/// without libpng, which is 2 to 3 times faster; samples and outcome are the same.
blz_outcome blz_png_read(blz_png *png, blz_png_scratch *scratch, uint8_t *samples, size_t capacity,
                         blz_problem *problem);

/// Frees; NULL is allowed.
void blz_png_close(blz_png *png);

/// Writes a file of 8 or 16 bits (big-endian) and 1 or 3 channels to a descriptor.
blz_outcome blz_png_write(int descriptor, const blz_png_info *info, const uint8_t *samples,
                          size_t count, blz_problem *problem);
