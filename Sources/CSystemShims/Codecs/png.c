#include "include/blz_png.h"

#include <errno.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "png_rows.h"

// libpng reports errors by longjmp. Every setjmp is in this file, in a function that calls libpng
// itself and has no local that changes after it, so that no jump crosses a caller of this file.

struct blz_png {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count, position;
  blz_problem *problem;
  // Warnings about image data count as damage, all others are only counted.
  int damaged, rows_done;
  // For a palette that is gray throughout: the gray of each index.
  uint8_t gray[256];
  int maps_gray, palette_count;
  blz_png_info shape;
};

static void keep_text(blz_problem *problem, const char *text) {
  if (problem->text[0]) return;
  strncpy(problem->text, text, sizeof problem->text - 1);
  problem->text[sizeof problem->text - 1] = 0;
}

static void on_error(png_structp png, png_const_charp text) {
  blz_png *self = png_get_error_ptr(png);
  keep_text(self->problem, text);
  png_longjmp(png, 1);
}

/// True for what libpng says of image data that is short or corrupt; too much of it is neither.
static int means_damage(const char *text) {
  return strncmp(text, "IDAT:", 5) == 0 && !strstr(text, "xtra compressed data") &&
         !strstr(text, "oo much image data");
}

static void on_warning(png_structp png, png_const_charp text) {
  blz_png *self = png_get_error_ptr(png);
  if (means_damage(text)) {
    self->damaged = 1;
    keep_text(self->problem, text);
  } else {
    self->problem->warnings++;
  }
}

static void on_read(png_structp png, png_bytep target, size_t count) {
  blz_png *self = png_get_io_ptr(png);
  if (count > self->count - self->position) png_error(png, "the file ends early");
  memcpy(target, self->bytes + self->position, count);
  self->position += count;
}

/// Chunks that change no sample are not parsed, which spares their memory and their hazards;
/// their check sums are still looked at.
static void skip_ancillary(png_structp png) {
  static const png_byte names[] =
      "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0"
      "tEXt\0tIME\0tRNS\0zTXt";
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, sizeof names / 5);
}

/// Fills the gray of each index, or returns 0 when an entry has a colour.
static int palette_is_gray(blz_png *self) {
  png_colorp entries;
  int count = 0;
  if (!png_get_PLTE(self->png, self->info, &entries, &count)) png_error(self->png, "no palette");
  self->palette_count = count;
  for (int i = 0; i < count; i++) {
    if (entries[i].red != entries[i].green || entries[i].red != entries[i].blue) return 0;
    self->gray[i] = entries[i].red;
  }
  return 1;
}

static void choose_transforms(blz_png *self) {
  png_structp png = self->png;
  int color = png_get_color_type(png, self->info), bits = png_get_bit_depth(png, self->info);
  int is_color = (color & PNG_COLOR_MASK_COLOR) != 0;
  if (color == PNG_COLOR_TYPE_PALETTE) {
    self->maps_gray = palette_is_gray(self);
    is_color = !self->maps_gray;
    if (is_color) png_set_palette_to_rgb(png);
    else png_set_packing(png);
  } else if (bits < 8) {
    png_set_expand_gray_1_2_4_to_8(png);
  }
  if (color & PNG_COLOR_MASK_ALPHA) png_set_strip_alpha(png);
  self->shape.width = png_get_image_width(png, self->info);
  self->shape.height = png_get_image_height(png, self->info);
  self->shape.channels = is_color ? 3 : 1;
  self->shape.bits = bits == 16 ? 16 : 8;
}

static blz_outcome read_header(blz_png *self, uint64_t max_pixels) {
  if (setjmp(png_jmpbuf(self->png))) return BLZ_DAMAGED;
  png_set_user_limits(self->png, 65535, 65535);
  png_set_chunk_malloc_max(self->png, 8 << 20);
  png_set_chunk_cache_max(self->png, 128);
  png_set_crc_action(self->png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
  skip_ancillary(self->png);
  png_set_read_fn(self->png, self, on_read);
  png_read_info(self->png, self->info);
  choose_transforms(self);
  if ((uint64_t)self->shape.width * self->shape.height <= max_pixels) return BLZ_COMPLETE;
  keep_text(self->problem, "more pixels than a frame may have");
  return BLZ_REFUSED;
}

blz_outcome blz_png_open(const uint8_t *bytes, size_t count, uint64_t max_pixels, blz_png **png,
                         blz_png_info *info, blz_problem *problem) {
  *png = NULL;
  blz_png *self = calloc(1, sizeof *self);
  if (!self) return BLZ_FAILED;
  self->bytes = bytes;
  self->count = count;
  self->problem = problem;
  self->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, self, on_error, on_warning);
  if (self->png) self->info = png_create_info_struct(self->png);
  blz_outcome outcome = self->info ? read_header(self, max_pixels) : BLZ_FAILED;
  if (outcome != BLZ_COMPLETE) {
    blz_png_close(self);
    return outcome;
  }
  *info = self->shape;
  *png = self;
  return outcome;
}

/// True when every index has an entry; libpng warns of others, which are black.
static int indices_exist(const blz_png *self, const uint8_t *samples, size_t count) {
  uint8_t largest = 0;
  for (size_t i = 0; i < count; i++) largest = samples[i] > largest ? samples[i] : largest;
  return largest < self->palette_count;
}

static void map_gray(const blz_png *self, uint8_t *samples, size_t count) {
  for (size_t i = 0; i < count; i++) samples[i] = self->gray[samples[i]];
}

/// True while a chunk of image data is not read to its end, check sum included.
static int is_in_image_data(png_structp png) {
  return png_get_io_chunk_type(png) == 0x49444154 /* IDAT */ &&
         (png_get_io_state(png) & PNG_IO_MASK_LOC) != PNG_IO_CHUNK_HDR;
}

static blz_outcome read_rows(blz_png *self, uint8_t *samples) {
  size_t width = self->shape.width, height = self->shape.height;
  size_t row = width * self->shape.channels * (self->shape.bits / 8);
  if (setjmp(png_jmpbuf(self->png))) {
    // With all rows there and their check sums passed, only what follows is missing.
    if (self->rows_done && !is_in_image_data(self->png)) {
      self->problem->warnings++;
      self->problem->text[0] = 0;
      return BLZ_COMPLETE;
    }
    return BLZ_DAMAGED;
  }
  int passes = png_set_interlace_handling(self->png);
  png_read_update_info(self->png, self->info);
  if (png_get_rowbytes(self->png, self->info) != row) png_error(self->png, "unexpected row size");
  for (int pass = 0; pass < passes; pass++) {
    for (size_t y = 0; y < height; y++) png_read_row(self->png, samples + y * row, NULL);
  }
  self->rows_done = 1;
  png_read_end(self->png, NULL);
  return BLZ_COMPLETE;
}

/// Decodes a common layout; 0 leaves the work to libpng, whose own reading has not gone on.
static int read_plain_rows(blz_png *self, blz_png_scratch *scratch, uint8_t *samples,
                           size_t capacity) {
  int is_palette = png_get_color_type(self->png, self->info) == PNG_COLOR_TYPE_PALETTE;
  if (png_get_interlace_type(self->png, self->info) != PNG_INTERLACE_NONE ||
      png_get_bit_depth(self->png, self->info) < 8 || (is_palette && !self->maps_gray) ||
      png_get_color_type(self->png, self->info) & PNG_COLOR_MASK_ALPHA)
    return 0;
  unsigned pixel = self->shape.channels * (self->shape.bits / 8u);
  blz_png_rows rows = {
      .bytes = self->bytes,
      .count = self->count,
      // libpng has read the length and the name of the first chunk of image data.
      .start = self->position - 8,
      .row = (size_t)self->shape.width * pixel,
      .height = self->shape.height,
      .pixel = pixel,
  };
  return blz_png_unpack(scratch, &rows, samples, capacity) &&
         (!is_palette || indices_exist(self, samples, rows.row * rows.height));
}

blz_outcome blz_png_read(blz_png *self, blz_png_scratch *scratch, uint8_t *samples, size_t capacity,
                         blz_problem *problem) {
  size_t pixels = (size_t)self->shape.width * self->shape.height;
  if (capacity < pixels * self->shape.channels * (self->shape.bits / 8)) return BLZ_FAILED;
  self->problem = problem;
  int is_done = scratch && read_plain_rows(self, scratch, samples, capacity);
  blz_outcome outcome = is_done ? BLZ_COMPLETE : read_rows(self, samples);
  if (outcome == BLZ_COMPLETE && self->damaged) outcome = BLZ_DAMAGED;
  if (outcome == BLZ_COMPLETE && self->maps_gray) map_gray(self, samples, pixels);
  return outcome;
}

void blz_png_close(blz_png *self) {
  if (!self) return;
  png_destroy_read_struct(&self->png, &self->info, NULL);
  free(self);
}

typedef struct {
  int descriptor;
  blz_problem *problem;
} writer;

static void on_write_error(png_structp png, png_const_charp text) {
  keep_text(((writer *)png_get_error_ptr(png))->problem, text);
  png_longjmp(png, 1);
}

static void on_write_warning(png_structp png, png_const_charp text) {
  (void)text;
  ((writer *)png_get_error_ptr(png))->problem->warnings++;
}

static void on_write(png_structp png, png_bytep bytes, size_t count) {
  int descriptor = ((writer *)png_get_io_ptr(png))->descriptor;
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) png_error(png, strerror(errno));
    bytes += written;
    count -= (size_t)written;
  }
}

static void on_flush(png_structp png) { (void)png; }

static blz_outcome write_rows(png_structp png, png_infop info, writer *self,
                              const blz_png_info *shape, const uint8_t *samples) {
  if (setjmp(png_jmpbuf(png))) return BLZ_FAILED;
  size_t row = (size_t)shape->width * shape->channels * (shape->bits / 8);
  png_set_write_fn(png, self, on_write, on_flush);
  png_set_IHDR(png, info, shape->width, shape->height, shape->bits,
               shape->channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (size_t y = 0; y < shape->height; y++) png_write_row(png, samples + y * row);
  png_write_end(png, info);
  return BLZ_COMPLETE;
}

blz_outcome blz_png_write(int descriptor, const blz_png_info *info, const uint8_t *samples,
                          size_t count, blz_problem *problem) {
  if (count < (size_t)info->width * info->height * info->channels * (info->bits / 8))
    return BLZ_FAILED;
  writer self = {descriptor, problem};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, &self, on_write_error, on_write_warning);
  png_infop details = png ? png_create_info_struct(png) : NULL;
  blz_outcome outcome = details ? write_rows(png, details, &self, info, samples) : BLZ_FAILED;
  if (png) png_destroy_write_struct(&png, &details);
  return outcome;
}
