// A decoded picture of a video or a still, as FFmpeg's codecs deliver it.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct blz_picture blz_picture;

typedef struct {
  int32_t rows, columns;
  // Significant bits of a code: up to 8 are delivered in bytes, more in native 16-bit words.
  int32_t bits;
  // 1 when the first component is luma or gray, readable without conversion; 0 for RGB and palettes.
  int32_t has_luma;
  // 1 when there is colour beside it.
  int32_t has_color;
  // 1 when luma runs from 16 to 235 (times 2^(bits - 8)).
  int32_t is_limited;
  // 1 when the decoder says that it had to guess parts of the picture.
  int32_t is_damaged;
} blz_picture_layout;

// All extents are 0 for a kind of pixel that cannot be read.
blz_picture_layout blz_picture_describe(const blz_picture *picture);

// Copy the picture without padding. Return 0 when it has no such form or `bytes` is not exactly
// what it takes. Safe from several threads on one picture.
//   codes: luma as coded, one byte or word per pixel
//   rgb:   three bytes or words per pixel, of `bits` significant bits
int blz_picture_codes(const blz_picture *picture, void *samples, size_t bytes);
int blz_picture_rgb(const blz_picture *picture, void *samples, size_t bytes);

void blz_picture_free(blz_picture *picture);
