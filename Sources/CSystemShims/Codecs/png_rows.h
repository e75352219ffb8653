#pragma once
#include <stddef.h>
#include <stdint.h>

#include "include/blz_png.h"

/// Where the image data of a plain PNG file lies and what it unpacks to.
typedef struct blz_png_rows {
  const uint8_t *bytes;
  size_t count;
  /// Where the first IDAT chunk begins.
  size_t start;
  /// Bytes of a row without its filter byte, rows, and bytes from one pixel to the next: 1, 2, 3, 6.
  size_t row, height;
  unsigned pixel;
} blz_png_rows;

/// Unpacks the rows of an image that is not interlaced.
///
/// Returns 1 when every check sum was right and nothing was odd. Returns 0 at the least doubt: then
/// `samples` hold nothing of use and libpng is to decide. `capacity` is at least
/// height * (row + 1), as the rows are first inflated with their filter bytes.
int blz_png_unpack(blz_png_scratch *scratch, const blz_png_rows *rows, uint8_t *samples,
                   size_t capacity);
