#include "png_rows.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

// The common layouts without libpng: libdeflate takes the whole image data at once, and the rows
// are unfiltered in place. Everything unusual is left to libpng, so this file decides nothing about
// damaged files.

struct blz_png_scratch {
  struct libdeflate_decompressor *decompressor;
  // The data of several IDAT chunks, joined.
  uint8_t *joined;
  size_t capacity;
};

blz_png_scratch *blz_png_scratch_create(void) {
  blz_png_scratch *scratch = calloc(1, sizeof *scratch);
  if (!scratch) return NULL;
  scratch->decompressor = libdeflate_alloc_decompressor();
  if (scratch->decompressor) return scratch;
  free(scratch);
  return NULL;
}

void blz_png_scratch_free(blz_png_scratch *scratch) {
  if (!scratch) return;
  libdeflate_free_decompressor(scratch->decompressor);
  free(scratch->joined);
  free(scratch);
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int has_name(const uint8_t *chunk, const char *name) {
  return memcmp(chunk + 4, name, 4) == 0;
}

/// The chunk at an offset when all of it is there and its check sum right, else NULL.
static const uint8_t *sound_chunk(const blz_png_rows *rows, size_t offset, size_t *length) {
  if (offset > rows->count || rows->count - offset < 12) return NULL;
  const uint8_t *chunk = rows->bytes + offset;
  *length = big_endian(chunk);
  if (*length > rows->count - offset - 12) return NULL;
  uint32_t sum = libdeflate_crc32(0, chunk + 4, *length + 4);
  return sum == big_endian(chunk + 8 + *length) ? chunk : NULL;
}

/// True for the chunks that may follow the image data without anyone minding.
static int is_comment(const uint8_t *chunk) {
  return has_name(chunk, "tEXt") || has_name(chunk, "zTXt") || has_name(chunk, "iTXt") ||
         has_name(chunk, "tIME") || has_name(chunk, "eXIf");
}

/// The length of all image data in the file, or 0 at the least doubt.
static size_t image_data_length(const blz_png_rows *rows) {
  size_t offset = rows->start, length, total = 0;
  int is_after = 0;
  for (;;) {
    const uint8_t *chunk = sound_chunk(rows, offset, &length);
    if (!chunk) return 0;
    if (has_name(chunk, "IDAT") && !is_after) {
      total += length;
    } else {
      is_after = 1;
      if (has_name(chunk, "IEND")) return length == 0 ? total : 0;
      if (!is_comment(chunk)) return 0;
    }
    offset += length + 12;
  }
}

/// All image data in one piece: in the file where it is a single chunk, else joined.
static const uint8_t *joined_data(blz_png_scratch *scratch, const blz_png_rows *rows,
                                  size_t total) {
  size_t offset = rows->start, done = 0;
  if (big_endian(rows->bytes + offset) == total) return rows->bytes + offset + 8;
  if (scratch->capacity < total) {
    free(scratch->joined);
    scratch->joined = malloc(total + total / 4);
    scratch->capacity = scratch->joined ? total + total / 4 : 0;
    if (!scratch->joined) return NULL;
  }
  while (done < total) {
    size_t length = big_endian(rows->bytes + offset);
    memcpy(scratch->joined + done, rows->bytes + offset + 8, length);
    done += length;
    offset += length + 12;
  }
  return scratch->joined;
}

// Rows are unfiltered towards lower addresses: a row's target starts at least one byte before its
// source, so a vector may be stored as soon as it has been read.

typedef uint8_t vector __attribute__((vector_size(16)));
enum { width = sizeof(vector) };

static inline vector load(const uint8_t *bytes) {
  vector v;
  memcpy(&v, bytes, width);
  return v;
}

static inline void store(uint8_t *bytes, vector v) { memcpy(bytes, &v, width); }

#define MOVED(v, by)                                                                          \
  __builtin_shufflevector((vector){0}, v, 16 - by, 17 - by, 18 - by, 19 - by, 20 - by, 21 - by, \
                          22 - by, 23 - by, 24 - by, 25 - by, 26 - by, 27 - by, 28 - by,       \
                          29 - by, 30 - by, 31 - by)

/// Sums along a vector, whose pixels have one byte or two.
static inline vector running_sum(vector v, unsigned pixel) {
  if (pixel == 1) v += MOVED(v, 1);
  v += MOVED(v, 2);
  v += MOVED(v, 4);
  return v + MOVED(v, 8);
}

static inline vector last_pixel(vector v, unsigned pixel) {
  return pixel == 1
             ? __builtin_shufflevector(v, v, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
                                       15, 15, 15)
             : __builtin_shufflevector(v, v, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14,
                                       15, 14, 15);
}

static inline __attribute__((always_inline)) void unfilter_sub(uint8_t *to, const uint8_t *from,
                                                               size_t row, unsigned pixel) {
  size_t i = 0;
  uint8_t left[6] = {0};
  if (pixel <= 2) {
    vector carry = {0};
    for (; i + width <= row; i += width) {
      vector v = running_sum(load(from + i), pixel) + carry;
      store(to + i, v);
      carry = last_pixel(v, pixel);
    }
    left[0] = carry[0];
    left[1] = carry[1];
  }
  for (; i < row; i += pixel) {
    for (unsigned k = 0; k < pixel; k++) to[i + k] = left[k] += from[i + k];
  }
}

static void unfilter_up(uint8_t *to, const uint8_t *from, const uint8_t *above, size_t row) {
  size_t i = 0;
  for (; i + width <= row; i += width) store(to + i, load(from + i) + load(above + i));
  for (; i < row; i++) to[i] = (uint8_t)(from[i] + above[i]);
}

/// `above` is NULL for the first row, above which all is 0.
static inline __attribute__((always_inline)) void unfilter_average(uint8_t *to,
                                                                   const uint8_t *from,
                                                                   const uint8_t *above,
                                                                   size_t row, unsigned pixel) {
  unsigned left[6] = {0};
  for (size_t i = 0; i < row; i += pixel) {
    for (unsigned k = 0; k < pixel; k++) {
      unsigned up = above ? above[i + k] : 0;
      to[i + k] = (uint8_t)(left[k] = (from[i + k] + ((left[k] + up) >> 1)) & 255);
    }
  }
}

static inline __attribute__((always_inline)) void unfilter_paeth(uint8_t *to, const uint8_t *from,
                                                                 const uint8_t *above, size_t row,
                                                                 unsigned pixel) {
  int left[6] = {0}, corner[6] = {0};
  for (size_t i = 0; i < row; i += pixel) {
    for (unsigned k = 0; k < pixel; k++) {
      int a = left[k], b = above[i + k], c = corner[k];
      int to_a = b - c, to_b = a - c, to_c = abs(to_a + to_b);
      to_a = abs(to_a);
      to_b = abs(to_b);
      int nearest = to_b <= to_c ? b : c;
      nearest = to_a <= to_b && to_a <= to_c ? a : nearest;
      corner[k] = b;
      to[i + k] = (uint8_t)(left[k] = (from[i + k] + nearest) & 255);
    }
  }
}

static inline __attribute__((always_inline)) int unfilter(const blz_png_rows *rows,
                                                          uint8_t *samples, unsigned pixel) {
  size_t row = rows->row;
  for (size_t y = 0; y < rows->height; y++) {
    const uint8_t *from = samples + y * (row + 1) + 1, *above = y ? samples + (y - 1) * row : NULL;
    uint8_t *to = samples + y * row;
    switch (from[-1]) {
      case 0: memmove(to, from, row); break;
      case 1: unfilter_sub(to, from, row, pixel); break;
      case 2:
        if (above) unfilter_up(to, from, above, row);
        else memmove(to, from, row);
        break;
      case 3: unfilter_average(to, from, above, row, pixel); break;
      case 4:
        // Above the first row all is 0, which makes the left pixel the nearest.
        if (above) unfilter_paeth(to, from, above, row, pixel);
        else unfilter_sub(to, from, row, pixel);
        break;
      default: return 0;
    }
  }
  return 1;
}

int blz_png_unpack(blz_png_scratch *scratch, const blz_png_rows *rows, uint8_t *samples,
                   size_t capacity) {
  size_t needed = (rows->row + 1) * rows->height, got = 0, taken = 0;
  if (capacity < needed) return 0;
  size_t total = image_data_length(rows);
  const uint8_t *data = total >= 2 ? joined_data(scratch, rows, total) : NULL;
  // libdeflate does not hold the data to the window that its first byte announces.
  if (!data || ((size_t)256 << (data[0] >> 4) < needed && data[0] >> 4 != 7)) return 0;
  enum libdeflate_result result = libdeflate_zlib_decompress_ex(
      scratch->decompressor, data, total, samples, needed, &taken, &got);
  if (result != LIBDEFLATE_SUCCESS || got != needed || taken != total) return 0;
  // One copy of the loops for each pixel size, so that the compiler can unroll them.
  switch (rows->pixel) {
    case 1: return unfilter(rows, samples, 1);
    case 2: return unfilter(rows, samples, 2);
    case 3: return unfilter(rows, samples, 3);
    case 6: return unfilter(rows, samples, 6);
    default: return 0;
  }
}
