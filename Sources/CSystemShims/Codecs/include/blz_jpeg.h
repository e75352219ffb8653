#pragma once
#include <stdint.h>

#include "blz_problem.h"

/// A JPEG file in memory whose header has been read.
typedef struct blz_jpeg blz_jpeg;

/// What the header says.
typedef struct blz_jpeg_info {
  uint32_t width, height;
  /// Components of a pixel: 1 or 3.
  uint8_t channels;
  /// 1 when the first component is luma and can be decoded alone.
  uint8_t has_luma;
} blz_jpeg_info;

/// Reads the header of a file.
///
/// `bytes` are borrowed until blz_jpeg_close. BLZ_REFUSED for CMYK and YCCK, and beyond `max_pixels`.
/// On BLZ_COMPLETE `*jpeg` is to be closed by the caller, else it is NULL.
blz_outcome blz_jpeg_open(const uint8_t *bytes, size_t count, uint64_t max_pixels,
                          blz_jpeg **jpeg, blz_jpeg_info *info, blz_problem *problem);

/// Decodes to 8-bit samples, rows without padding. May be called once.
///
/// `luma_only` delivers one channel and needs `has_luma`; else 1 or 3 (RGB) as in the header.
/// `reduction` 1, 2, 4 or 8 decodes to ceil(width / reduction) x ceil(height / reduction) by
/// leaving out high frequencies, which resembles an area average but is not one.
blz_outcome blz_jpeg_read(blz_jpeg *jpeg, int luma_only, unsigned reduction, uint8_t *samples,
                          size_t capacity, blz_problem *problem);

/// Frees; NULL is allowed.
void blz_jpeg_close(blz_jpeg *jpeg);
