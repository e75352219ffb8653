#include "include/blz_jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
// Its message codes depend on what jpeglib.h defines.
#include <jerror.h>

// libjpeg-turbo through its libjpeg interface: unlike TurboJPEG's it tells every warning by code,
// and only the code separates lost image data from a harmless oddity. Errors arrive by longjmp;
// every setjmp is in this file and has no local that changes after it.

/// Scans of a progressive file beyond which decoding it is an attack on the clock.
enum { max_scans = 500 };

struct blz_jpeg {
  struct jpeg_decompress_struct codec;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  blz_problem *problem;
  size_t count;  // bytes of the file
  int damaged, refused;
};

static void keep_text(blz_jpeg *self, const char *text) {
  blz_problem *problem = self->problem;
  if (problem->text[0]) return;
  strncpy(problem->text, text, sizeof problem->text - 1);
  problem->text[sizeof problem->text - 1] = 0;
}

static void keep_message(j_common_ptr codec) {
  char text[JMSG_LENGTH_MAX];
  codec->err->format_message(codec, text);
  keep_text(codec->client_data, text);
}

static void on_error(j_common_ptr codec) {
  blz_jpeg *self = codec->client_data;
  keep_message(codec);
  longjmp(self->escape, 1);
}

/// True for warnings after which samples are guesses.
static int means_damage(int code) {
  switch (code) {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
      return 1;
    default:
      return 0;
  }
}

static void on_message(j_common_ptr codec, int level) {
  blz_jpeg *self = codec->client_data;
  if (level >= 0) return;
  if (means_damage(codec->err->msg_code)) {
    self->damaged = 1;
    keep_message(codec);
  } else {
    self->problem->warnings++;
  }
}

static void on_output(j_common_ptr codec) { (void)codec; }

static void on_progress(j_common_ptr codec) {
  blz_jpeg *self = codec->client_data;
  if (self->codec.input_scan_number <= max_scans) return;
  self->refused = 1;
  keep_text(self, "more than 500 progressive scans");
  longjmp(self->escape, 1);
}

static blz_outcome refuse(blz_jpeg *self, const char *text) {
  keep_text(self, text);
  return BLZ_REFUSED;
}

static blz_outcome read_header(blz_jpeg *self, const uint8_t *bytes, size_t count,
                               uint64_t max_pixels, blz_jpeg_info *info) {
  struct jpeg_decompress_struct *codec = &self->codec;
  if (setjmp(self->escape)) return BLZ_DAMAGED;
  jpeg_create_decompress(codec);
  codec->progress = &self->progress;
  codec->mem->max_memory_to_use = 1 << 30;
  jpeg_mem_src(codec, bytes, count);
  jpeg_read_header(codec, TRUE);
  if ((uint64_t)codec->image_width * codec->image_height > max_pixels)
    return refuse(self, "more pixels than a frame may have");
  J_COLOR_SPACE space = codec->jpeg_color_space;
  if (space == JCS_CMYK || space == JCS_YCCK) return refuse(self, "CMYK colours");
  if (codec->num_components != 1 && codec->num_components != 3)
    return refuse(self, "neither one nor three components");
  info->width = codec->image_width;
  info->height = codec->image_height;
  info->channels = (uint8_t)codec->num_components;
  info->has_luma = space == JCS_YCbCr || space == JCS_GRAYSCALE;
  return BLZ_COMPLETE;
}

blz_outcome blz_jpeg_open(const uint8_t *bytes, size_t count, uint64_t max_pixels,
                          blz_jpeg **jpeg, blz_jpeg_info *info, blz_problem *problem) {
  *jpeg = NULL;
  blz_jpeg *self = calloc(1, sizeof *self);
  if (!self) return BLZ_FAILED;
  self->problem = problem;
  self->count = count;
  self->codec.err = jpeg_std_error(&self->errors);
  self->errors.error_exit = on_error;
  self->errors.emit_message = on_message;
  self->errors.output_message = on_output;
  self->progress.progress_monitor = on_progress;
  self->codec.client_data = self;
  blz_outcome outcome = read_header(self, bytes, count, max_pixels, info);
  if (outcome == BLZ_COMPLETE) {
    *jpeg = self;
  } else {
    blz_jpeg_close(self);
  }
  return outcome;
}

/// True when the file cannot hold the image its header claims: every block of 8 x 8 samples takes a bit
/// of Huffman code at the least. Found before decoding, which would make up all that is missing.
static int is_too_short(const blz_jpeg *self) {
  const struct jpeg_decompress_struct *codec = &self->codec;
  if (codec->arith_code) return 0;
  uint64_t blocks = 0;
  for (int i = 0; i < codec->num_components; i++)
    blocks += (uint64_t)codec->comp_info[i].width_in_blocks * codec->comp_info[i].height_in_blocks;
  return blocks / 8 > self->count;
}

static blz_outcome read_rows(blz_jpeg *self, int luma_only, unsigned reduction, uint8_t *samples,
                             size_t capacity) {
  struct jpeg_decompress_struct *codec = &self->codec;
  if (setjmp(self->escape)) return self->refused ? BLZ_REFUSED : BLZ_DAMAGED;
  codec->out_color_space = luma_only || codec->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  if (is_too_short(self)) {
    keep_text(self, "the file is too short for the image that its header claims");
    return BLZ_DAMAGED;
  }
  codec->scale_num = 1;
  codec->scale_denom = reduction;
  jpeg_start_decompress(codec);
  size_t row = (size_t)codec->output_width * (size_t)codec->output_components;
  if (row * codec->output_height > capacity) return BLZ_FAILED;
  while (codec->output_scanline < codec->output_height) {
    JSAMPROW rows[4];
    unsigned left = codec->output_height - codec->output_scanline, count = left < 4 ? left : 4;
    for (unsigned i = 0; i < count; i++) rows[i] = samples + row * (codec->output_scanline + i);
    if (jpeg_read_scanlines(codec, rows, count) == 0) return BLZ_DAMAGED;
  }
  jpeg_finish_decompress(codec);
  return BLZ_COMPLETE;
}

blz_outcome blz_jpeg_read(blz_jpeg *self, int luma_only, unsigned reduction, uint8_t *samples,
                          size_t capacity, blz_problem *problem) {
  self->problem = problem;
  blz_outcome outcome = read_rows(self, luma_only, reduction, samples, capacity);
  return outcome == BLZ_COMPLETE && self->damaged ? BLZ_DAMAGED : outcome;
}

void blz_jpeg_close(blz_jpeg *self) {
  if (!self) return;
  jpeg_destroy_decompress(&self->codec);
  free(self);
}
