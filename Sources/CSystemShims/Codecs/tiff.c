#include "include/blz_tiff.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>

struct blz_tiff {
  TIFF *tif;
  int descriptor;
  uint64_t count, position;
  blz_problem *problem;
  // Errors while pixels are read, and warnings of decoders that go on with what is wrong.
  int is_reading, is_damaged;
  // As stored: what a block (a strip or a tile) holds.
  uint32_t block_width, block_height;
  uint16_t bits, samples, photometric;
  int is_tiled, is_planar, is_plain;
  // A palette's delivered colours, `info.channels` bytes for each code.
  uint8_t *palette;
  blz_tiff_info info;
};

static void keep_text(blz_problem *problem, const char *text) {
  if (!problem->text[0]) snprintf(problem->text, sizeof problem->text, "%s", text);
}

static int on_error(TIFF *tif, void *owner, const char *module, const char *format, va_list list) {
  (void)tif, (void)module;
  blz_tiff *self = owner;
  if (!self->problem->text[0])
    vsnprintf(self->problem->text, sizeof self->problem->text, format, list);
  if (self->is_reading) self->is_damaged = 1;
  return 1;
}

static int on_warning(TIFF *tif, void *owner, const char *module, const char *format,
                      va_list list) {
  blz_tiff *self = owner;
  int from_decoder = module && (!strcmp(module, "JPEGLib") || !strcmp(module, "PackBitsDecode"));
  if (self->is_reading && from_decoder) return on_error(tif, owner, module, format, list);
  self->problem->warnings++;
  return 1;
}

static tmsize_t on_read(thandle_t owner, void *target, tmsize_t wanted) {
  blz_tiff *self = owner;
  tmsize_t done = 0;
  while (done < wanted) {
    ssize_t got = pread(self->descriptor, (char *)target + done, (size_t)(wanted - done),
                        (off_t)(self->position + (uint64_t)done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += got;
  }
  self->position += (uint64_t)done;
  return done;
}

static toff_t on_seek(thandle_t owner, toff_t offset, int origin) {
  blz_tiff *self = owner;
  toff_t start = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? self->position : self->count;
  return self->position = start + offset;
}

static toff_t on_size(thandle_t owner) { return ((blz_tiff *)owner)->count; }
static int on_close(thandle_t owner) { return (void)owner, 0; }
static tmsize_t on_write(thandle_t owner, void *bytes, tmsize_t count) {
  return (void)owner, (void)bytes, (void)count, -1;
}

static TIFF *open_file(blz_tiff *self) {
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!options) return NULL;
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, self);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, self);
  // A decoder needs no more at once than the compressed data, which the file must hold.
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)self->count + (64 << 20));
  // h: read no directory yet; m: never map, for the file may change under the library.
  TIFF *tif = TIFFClientOpenExt("tiff", "rhm", self, on_read, on_write, on_seek, on_close, on_size,
                                NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  return tif;
}

static blz_outcome refuse(blz_tiff *self, const char *what, unsigned value) {
  snprintf(self->problem->text, sizeof self->problem->text, "%s %u cannot be read", what, value);
  return BLZ_REFUSED;
}

/// Fills the delivered colours of a palette: one channel when all of it is gray.
static blz_outcome read_palette(blz_tiff *self) {
  uint16_t *map[3];
  if (self->bits > 16 || self->samples != 1) return refuse(self, "a palette of bits", self->bits);
  if (!TIFFGetField(self->tif, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2])) {
    keep_text(self->problem, "the palette is missing");
    return BLZ_DAMAGED;
  }
  size_t entries = (size_t)1 << self->bits;
  int shift = 0, is_gray = 1;
  for (size_t i = 0; i < entries; i++) {
    // Some writers store 8 bits where the format wants 16.
    if ((map[0][i] | map[1][i] | map[2][i]) > 255) shift = 8;
    if (map[0][i] != map[1][i] || map[0][i] != map[2][i]) is_gray = 0;
  }
  self->info.channels = is_gray ? 1 : 3;
  self->info.bits = 8;
  self->palette = malloc(entries * self->info.channels);
  if (!self->palette) return BLZ_FAILED;
  for (size_t i = 0; i < entries * self->info.channels; i++)
    self->palette[i] = (uint8_t)(map[i % self->info.channels][i / self->info.channels] >> shift);
  return BLZ_COMPLETE;
}

static blz_outcome check_samples(blz_tiff *self, uint16_t format) {
  int bits = self->bits;
  int is_whole = bits == 8 || bits == 16 || bits == 32 || bits == 64;
  self->info.channels = (uint8_t)self->samples;
  self->info.bits = (uint8_t)(is_whole ? bits : bits <= 8 ? 8 : 16);
  switch (format) {
    case SAMPLEFORMAT_UINT:
    case SAMPLEFORMAT_VOID:
      if (!is_whole && bits != 1 && bits != 2 && bits != 4 && (bits < 9 || bits > 15)) break;
      self->info.format = BLZ_TIFF_UINT;
      return BLZ_COMPLETE;
    case SAMPLEFORMAT_INT:
      if (!is_whole) break;
      self->info.format = BLZ_TIFF_INT;
      return BLZ_COMPLETE;
    case SAMPLEFORMAT_IEEEFP:
      if (!is_whole || bits == 8) break;
      self->info.format = BLZ_TIFF_FLOAT;
      return BLZ_COMPLETE;
    default: return refuse(self, "sample format", format);
  }
  return refuse(self, "a sample size in bits of", (unsigned)bits);
}

/// Chooses how colours are delivered.
static blz_outcome check_colors(blz_tiff *self, uint16_t compression) {
  switch (self->photometric) {
    case PHOTOMETRIC_PALETTE: return read_palette(self);
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_MASK:
    case PHOTOMETRIC_CFA:
    case PHOTOMETRIC_RGB: return BLZ_COMPLETE;
    case PHOTOMETRIC_YCBCR:
      if (compression != COMPRESSION_JPEG) break;
      TIFFSetField(self->tif, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
      return BLZ_COMPLETE;
  }
  return refuse(self, "photometric interpretation", self->photometric);
}

static blz_outcome check_extents(blz_tiff *self, uint64_t max_pixels) {
  uint64_t width = self->info.width, height = self->info.height;
  if (width == 0 || height == 0) {
    keep_text(self->problem, "the page is empty");
    return BLZ_DAMAGED;
  }
  if (width > 65536 || height > 65536 || width * height > max_pixels) {
    keep_text(self->problem, "more pixels than a frame may have");
    return BLZ_REFUSED;
  }
  if (self->samples < 1 || self->samples > 4) return refuse(self, "pixels of samples", self->samples);
  self->block_width = self->info.width;
  if (!self->is_tiled) {
    TIFFGetFieldDefaulted(self->tif, TIFFTAG_ROWSPERSTRIP, &self->block_height);
    if (self->block_height == 0 || self->block_height > height)
      self->block_height = self->info.height;
    return BLZ_COMPLETE;
  }
  if (!TIFFGetField(self->tif, TIFFTAG_TILEWIDTH, &self->block_width) ||
      !TIFFGetField(self->tif, TIFFTAG_TILELENGTH, &self->block_height) ||
      self->block_width == 0 || self->block_height == 0) {
    keep_text(self->problem, "tiles without extents");
    return BLZ_DAMAGED;
  }
  // A tile may overhang the image, but not out of all proportion.
  if ((uint64_t)self->block_width * self->block_height > (1 << 24) + 4 * width * height)
    return refuse(self, "a tile width of", self->block_width);
  return BLZ_COMPLETE;
}

static blz_outcome read_directory(blz_tiff *self, uint64_t directory, uint64_t max_pixels) {
  TIFF *tif = self->tif;
  uint16_t compression, planar, format;
  if (!TIFFSetSubDirectory(tif, directory)) return BLZ_DAMAGED;
  if (!TIFFGetField(tif, TIFFTAG_IMAGEWIDTH, &self->info.width) ||
      !TIFFGetField(tif, TIFFTAG_IMAGELENGTH, &self->info.height)) {
    keep_text(self->problem, "a page without extents");
    return BLZ_DAMAGED;
  }
  TIFFGetFieldDefaulted(tif, TIFFTAG_BITSPERSAMPLE, &self->bits);
  TIFFGetFieldDefaulted(tif, TIFFTAG_SAMPLESPERPIXEL, &self->samples);
  TIFFGetFieldDefaulted(tif, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(tif, TIFFTAG_COMPRESSION, &compression);
  TIFFGetFieldDefaulted(tif, TIFFTAG_PLANARCONFIG, &planar);
  if (!TIFFGetField(tif, TIFFTAG_PHOTOMETRIC, &self->photometric))
    self->photometric = self->samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
  self->is_tiled = TIFFIsTiled(tif);
  self->is_planar = planar == PLANARCONFIG_SEPARATE && self->samples > 1;
  self->is_plain = compression == COMPRESSION_NONE && self->photometric != PHOTOMETRIC_YCBCR;
  if (!TIFFIsCODECConfigured(compression)) return refuse(self, "compression", compression);
  blz_outcome outcome = check_extents(self, max_pixels);
  if (outcome == BLZ_COMPLETE) outcome = check_samples(self, format);
  return outcome == BLZ_COMPLETE ? check_colors(self, compression) : outcome;
}

blz_outcome blz_tiff_open(int descriptor, uint64_t count, uint64_t directory, uint64_t max_pixels,
                          blz_tiff **tiff, blz_tiff_info *info, blz_problem *problem) {
  *tiff = NULL;
  blz_tiff *self = calloc(1, sizeof *self);
  if (!self) return BLZ_FAILED;
  self->descriptor = descriptor;
  self->count = count;
  self->problem = problem;
  self->tif = open_file(self);
  blz_outcome outcome = self->tif ? read_directory(self, directory, max_pixels) : BLZ_DAMAGED;
  if (outcome != BLZ_COMPLETE) {
    blz_tiff_close(self);
    return outcome;
  }
  *info = self->info;
  *tiff = self;
  return BLZ_COMPLETE;
}

/// Samples of a pixel within one block.
static size_t block_samples(const blz_tiff *self) { return self->is_planar ? 1 : self->samples; }

static size_t row_bytes(const blz_tiff *self) {
  return (self->block_width * block_samples(self) * self->bits + 7) / 8;
}

/// The code of sample `index` in a row of codes packed from the most significant bit on.
static uint32_t unpack(const uint8_t *row, size_t index, unsigned bits) {
  uint32_t code = 0;
  for (size_t bit = index * bits, end = bit + bits; bit < end; bit++)
    code = code << 1 | (row[bit / 8] >> (7 - bit % 8) & 1);
  return code;
}

static uint32_t code_at(const blz_tiff *self, const uint8_t *row, size_t index) {
  if (self->bits == 8) return row[index];
  if (self->bits != 16) return unpack(row, index, self->bits);
  uint16_t code;
  memcpy(&code, row + 2 * index, 2);
  return code;
}

/// Spreads samples of a row of a block to where they belong.
static void place_row(const blz_tiff *self, const uint8_t *row, uint8_t *target, size_t width,
                      size_t plane) {
  size_t size = self->info.bits / 8, per_pixel = block_samples(self);
  if (self->palette) {
    size_t channels = self->info.channels;
    for (size_t x = 0; x < width; x++)
      memcpy(target + x * channels, self->palette + code_at(self, row, x) * channels, channels);
  } else if (self->bits == self->info.bits && !self->is_planar) {
    memcpy(target, row, width * per_pixel * size);
  } else if (self->bits == self->info.bits) {
    for (size_t x = 0; x < width; x++)
      memcpy(target + (x * self->samples + plane) * size, row + x * size, size);
  } else {
    // 1, 2 and 4 bits divide 255, so white stays white.
    uint32_t scale = self->bits < 8 ? 255u / ((1u << self->bits) - 1) : 1;
    for (size_t i = 0; i < width * per_pixel; i++) {
      uint32_t code = unpack(row, i, self->bits) * scale;
      size_t at = self->is_planar ? i * self->samples + plane : i;
      if (size == 1) target[at] = (uint8_t)code;
      else memcpy(target + 2 * at, &(uint16_t){(uint16_t)code}, 2);
    }
  }
}

/// Decodes one block; 0 when it is short or corrupt.
static int read_block(blz_tiff *self, uint32_t number, uint8_t *target, size_t wanted) {
  tmsize_t got = self->is_tiled
                     ? TIFFReadEncodedTile(self->tif, number, target, (tmsize_t)wanted)
                     : TIFFReadEncodedStrip(self->tif, number, target, (tmsize_t)wanted);
  if (got == (tmsize_t)wanted) return 1;
  keep_text(self->problem, "the image data ends early");
  return 0;
}

/// Decodes the block at a corner and places it.
static int read_part(blz_tiff *self, uint8_t *samples, uint8_t *block, uint32_t x, uint32_t y,
                     uint16_t plane) {
  size_t left = self->info.height - y, stride = row_bytes(self);
  size_t rows = left < self->block_height ? left : self->block_height;
  size_t width = self->info.width - x;
  if (width > self->block_width) width = self->block_width;
  size_t pixel = (size_t)self->info.channels * (self->info.bits / 8);
  uint8_t *target = samples + ((size_t)y * self->info.width + x) * pixel;
  uint32_t number = self->is_tiled ? TIFFComputeTile(self->tif, x, y, 0, plane)
                                   : TIFFComputeStrip(self->tif, y, plane);
  if (!block) return read_block(self, number, target, rows * stride);
  size_t stored = self->is_tiled ? self->block_height : rows;
  if (!read_block(self, number, block, stored * stride)) return 0;
  for (size_t row = 0; row < rows; row++)
    place_row(self, block + row * stride, target + row * self->info.width * pixel, width, plane);
  return 1;
}

static int read_parts(blz_tiff *self, uint8_t *samples, uint8_t *block) {
  for (uint16_t plane = 0; plane < (self->is_planar ? self->samples : 1); plane++)
    for (uint64_t y = 0; y < self->info.height; y += self->block_height)
      for (uint64_t x = 0; x < self->info.width; x += self->block_width)
        if (!read_part(self, samples, block, (uint32_t)x, (uint32_t)y, plane)) return 0;
  return 1;
}

/// Turns unsigned samples that count from white; others have no white to count from.
static void invert(const blz_tiff *self, uint8_t *samples, size_t count) {
  if (self->bits != self->info.bits && self->bits > 8) {
    uint16_t white = (uint16_t)((1u << self->bits) - 1), code;
    for (size_t i = 0; i < count; i += 2) {
      memcpy(&code, samples + i, 2);
      code = (uint16_t)(white - code);
      memcpy(samples + i, &code, 2);
    }
  } else {
    for (size_t i = 0; i < count; i++) samples[i] = (uint8_t)~samples[i];
  }
}

/// True when samples that are not compressed take more bytes than there are: strips that share their
/// bytes, which would make a huge image of a small file.
static int is_too_short(const blz_tiff *self) {
  uint64_t row = ((uint64_t)self->info.width * self->samples * self->bits + 7) / 8;
  return self->is_plain && row * self->info.height > self->count;
}

blz_outcome blz_tiff_read(blz_tiff *self, uint8_t *samples, size_t capacity,
                          blz_problem *problem) {
  size_t pixel = (size_t)self->info.channels * (self->info.bits / 8);
  size_t needed = self->info.width * (size_t)self->info.height * pixel;
  if (capacity < needed) return BLZ_FAILED;
  self->problem = problem;
  if (is_too_short(self)) {
    keep_text(problem, "the file is shorter than its samples");
    return BLZ_DAMAGED;
  }
  self->is_reading = 1;
  int is_direct = !self->is_tiled && !self->is_planar && !self->palette &&
                  self->bits == self->info.bits;
  uint8_t *block = is_direct ? NULL : malloc(row_bytes(self) * self->block_height);
  if (!is_direct && !block) return BLZ_FAILED;
  int is_whole = read_parts(self, samples, block) && !self->is_damaged;
  free(block);
  if (!is_whole) return BLZ_DAMAGED;
  if (self->photometric == PHOTOMETRIC_MINISWHITE && self->info.format == BLZ_TIFF_UINT)
    invert(self, samples, needed);
  return BLZ_COMPLETE;
}

void blz_tiff_close(blz_tiff *self) {
  if (!self) return;
  if (self->tif) TIFFClose(self->tif);
  free(self->palette);
  free(self);
}
