#pragma once
#include <stddef.h>
#include <stdint.h>

#include "blz_problem.h"

/// One page of a TIFF file whose directory has been read.
typedef struct blz_tiff blz_tiff;

/// What a delivered sample is.
typedef enum blz_tiff_format { BLZ_TIFF_UINT, BLZ_TIFF_INT, BLZ_TIFF_FLOAT } blz_tiff_format;

/// What blz_tiff_read delivers.
typedef struct blz_tiff_info {
  uint32_t width, height;
  /// Samples of a pixel, 1 to 4: planes are interleaved, a palette is looked up.
  uint8_t channels;
  /// 8, 16, 32 or 64; 1, 2 and 4 bits of gray are spread over 0..255, 9 to 15 bits are kept.
  uint8_t bits;
  blz_tiff_format format;
} blz_tiff_info;

/// Reads the directory at byte `directory` of a file of `count` bytes.
///
/// The descriptor is borrowed until blz_tiff_close and read by position, so that threads may share
/// it. BLZ_REFUSED for colour models, sample sizes and
/// compressions that are not read here, and beyond `max_pixels` or 65536 pixels along an edge.
/// On BLZ_COMPLETE `*tiff` is to be closed by the caller, else it is NULL.
blz_outcome blz_tiff_open(int descriptor, uint64_t count, uint64_t directory, uint64_t max_pixels,
                          blz_tiff **tiff, blz_tiff_info *info, blz_problem *problem);

/// Decodes to samples of this machine's byte order, rows without padding; white is the largest
/// value of unsigned samples, whichever way the file counts. May be called once.
blz_outcome blz_tiff_read(blz_tiff *tiff, uint8_t *samples, size_t capacity,
                          blz_problem *problem);

/// Frees; NULL is allowed.
void blz_tiff_close(blz_tiff *tiff);
