#include "include/blz_picture.h"

#include <string.h>

#include "ffmpeg.h"

#if BLZ_HAS_FFMPEG

// How one component of a pixel lies in memory.
typedef struct {
  const uint8_t *first;
  ptrdiff_t row;     // bytes between rows, negative in bottom-up pictures
  int step, shift;   // bytes between pixels; bits below the code
  int wide, swapped; // two bytes per code; in the other byte order
  unsigned mask;
} component;

static const AVFrame *frame_of(const blz_picture *picture) { return (const AVFrame *)picture; }

static const AVPixFmtDescriptor *descriptor(const AVFrame *frame) {
  const struct blz_av *av = blz_av();
  return av ? av->av_pix_fmt_desc_get(frame->format) : NULL;
}

static int is_palette(const AVPixFmtDescriptor *d) { return !!(d->flags & AV_PIX_FMT_FLAG_PAL); }

// One bit per pixel, black and white.
static int is_bitmap(const AVPixFmtDescriptor *d) {
  return d->nb_components == 1 && (d->flags & AV_PIX_FMT_FLAG_BITSTREAM);
}

static int has_luma(const AVPixFmtDescriptor *d) {
  const uint64_t other = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BAYER
      | AV_PIX_FMT_FLAG_BITSTREAM;
  const int is_xyz = !strncmp(d->name, "xyz", 3);
  return is_bitmap(d) || !(is_xyz || (d->flags & other));
}

// RGB whose components can be picked out one by one, so that nothing is rounded.
static int is_plain_rgb(const AVPixFmtDescriptor *d) {
  const uint64_t other = AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_BITSTREAM;
  return (d->flags & AV_PIX_FMT_FLAG_RGB) && !(d->flags & other) && d->nb_components >= 3
      && d->comp[0].depth >= 8 && d->comp[0].depth == d->comp[1].depth
      && d->comp[0].depth == d->comp[2].depth;
}

static int bits_of(const AVPixFmtDescriptor *d) {
  return d->comp[0].depth < 8 || is_palette(d) ? 8 : d->comp[0].depth;
}

// Unmarked YUV is limited by every standard; the old "yuvj" names and gray alone are full, and
// FFmpeg's own conversions ignore a mark on gray.
static int is_limited(const AVFrame *frame, const AVPixFmtDescriptor *d) {
  return has_luma(d) && d->nb_components >= 3 && frame->color_range != AVCOL_RANGE_JPEG
      && strncmp(d->name, "yuvj", 4) != 0;
}

blz_picture_layout blz_picture_describe(const blz_picture *picture) {
  const AVFrame *frame = frame_of(picture);
  const AVPixFmtDescriptor *d = descriptor(frame);
  blz_picture_layout layout = {0};
  if (!d || (d->flags & (AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_HWACCEL))) return layout;
  if (d->comp[0].depth > 16 || frame->width <= 0 || frame->height <= 0) return layout;
  layout.rows = frame->height;
  layout.columns = frame->width;
  layout.bits = bits_of(d);
  layout.has_luma = has_luma(d);
  layout.has_color = !layout.has_luma || d->nb_components >= 3;
  layout.is_limited = is_limited(frame, d);
  layout.is_damaged = (frame->flags & AV_FRAME_FLAG_CORRUPT) || frame->decode_error_flags;
  return layout;
}

static component component_at(const AVFrame *frame, const AVPixFmtDescriptor *d, int index) {
  const AVComponentDescriptor *c = &d->comp[index];
  const int wide = c->depth + c->shift > 8;
  const int is_big = !!(d->flags & AV_PIX_FMT_FLAG_BE);
  return (component){
      .first = frame->data[c->plane] + c->offset,
      .row = frame->linesize[c->plane],
      .step = c->step,
      .shift = c->shift,
      .wide = wide,
      .swapped = wide && is_big != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__),
      .mask = (1u << c->depth) - 1,
  };
}

static unsigned code_at(const component *c, const uint8_t *at) {
  if (!c->wide) return (*at >> c->shift) & c->mask;
  uint16_t word;
  memcpy(&word, at, sizeof word);
  return ((c->swapped ? __builtin_bswap16(word) : word) >> c->shift) & c->mask;
}

// Writes one component's codes, `stride` codes apart, as bytes or words.
static void gather(const component *c, int rows, int columns, int bits, void *out, int stride) {
  for (int y = 0; y < rows; y++) {
    const uint8_t *at = c->first + y * c->row;
    const size_t start = (size_t)y * columns * stride;
    uint8_t *bytes = (uint8_t *)out + start;
    uint16_t *words = (uint16_t *)out + start;
    for (int x = 0; x < columns; x++, at += c->step) {
      if (bits <= 8) bytes[(size_t)x * stride] = (uint8_t)code_at(c, at);
      else words[(size_t)x * stride] = (uint16_t)code_at(c, at);
    }
  }
}

// True when rows can be copied as they are.
static int is_tight(const component *c, int bits) {
  const int size = bits <= 8 ? 1 : 2;
  return c->step == size && c->shift == 0 && !c->swapped && c->wide == (bits > 8);
}

static void unpack_bitmap(const AVFrame *frame, uint8_t *out) {
  const uint8_t flip = frame->format == AV_PIX_FMT_MONOWHITE ? 255 : 0;
  for (int y = 0; y < frame->height; y++) {
    const uint8_t *row = frame->data[0] + (ptrdiff_t)y * frame->linesize[0];
    for (int x = 0; x < frame->width; x++)
      *out++ = (row[x >> 3] >> (7 - (x & 7)) & 1 ? 255 : 0) ^ flip;
  }
}

// The bytes a picture takes with `samples` codes per pixel.
static size_t size_of(const blz_picture_layout *l, int samples) {
  return (size_t)l->rows * l->columns * samples * (l->bits <= 8 ? 1 : 2);
}

int blz_picture_codes(const blz_picture *picture, void *samples, size_t bytes) {
  const AVFrame *frame = frame_of(picture);
  const blz_picture_layout l = blz_picture_describe(picture);
  if (!l.rows || !l.has_luma || bytes != size_of(&l, 1)) return 0;
  const AVPixFmtDescriptor *d = descriptor(frame);
  if (is_bitmap(d)) {
    unpack_bitmap(frame, samples);
    return 1;
  }
  const component c = component_at(frame, d, 0);
  if (!is_tight(&c, l.bits)) {
    gather(&c, l.rows, l.columns, l.bits, samples, 1);
    return 1;
  }
  const size_t row = bytes / l.rows;
  for (int y = 0; y < l.rows; y++)
    memcpy((uint8_t *)samples + y * row, c.first + y * c.row, row);
  return 1;
}

static void copy_palette(const AVFrame *frame, uint8_t *out) {
  for (int y = 0; y < frame->height; y++) {
    const uint8_t *row = frame->data[0] + (ptrdiff_t)y * frame->linesize[0];
    for (int x = 0; x < frame->width; x++, out += 3) {
      uint32_t entry;
      memcpy(&entry, frame->data[1] + 4 * row[x], sizeof entry);
      out[0] = entry >> 16 & 255, out[1] = entry >> 8 & 255, out[2] = entry & 255;
    }
  }
}

static void copy_rgb(const AVFrame *frame, const AVPixFmtDescriptor *d, void *out) {
  const int bits = bits_of(d);
  for (int index = 0; index < 3; index++) {
    const component c = component_at(frame, d, index);
    void *first = (uint8_t *)out + index * (bits <= 8 ? 1 : 2);
    gather(&c, frame->height, frame->width, bits, first, 3);
  }
}

// The RGB form that keeps the bit depth of a YUV picture.
static enum AVPixelFormat rgb_format(int bits) {
  switch (bits) {
    case 8: return AV_PIX_FMT_RGB24;
    case 9: return AV_PIX_FMT_GBRP9;
    case 10: return AV_PIX_FMT_GBRP10;
    case 12: return AV_PIX_FMT_GBRP12;
    case 14: return AV_PIX_FMT_GBRP14;
    default: return AV_PIX_FMT_GBRP16;
  }
}

// Converts by libswscale with the matrix the file names, BT.601 when it names none.
static int scale(const struct blz_av *av, const AVFrame *in, int limited, AVFrame *out) {
  const int flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;
  struct SwsContext *scaler = av->sws_getContext(
      in->width, in->height, in->format, out->width, out->height, out->format, flags,
      NULL, NULL, NULL);
  if (!scaler) return 0;
  const int *matrix = av->sws_getCoefficients(in->colorspace);
  av->sws_setColorspaceDetails(scaler, matrix, !limited, matrix, 1, 0, 1 << 16, 1 << 16);
  const int rows = av->sws_scale(
      scaler, (const uint8_t *const *)in->data, in->linesize, 0, in->height, out->data,
      out->linesize);
  av->sws_freeContext(scaler);
  return rows == in->height;
}

static int convert(const AVFrame *frame, const blz_picture_layout *l, void *out) {
  const struct blz_av *av = blz_av();
  AVFrame *rgb = av->av_frame_alloc();
  if (!rgb) return 0;
  rgb->width = frame->width;
  rgb->height = frame->height;
  rgb->format = rgb_format(l->bits);
  const AVPixFmtDescriptor *d = av->av_pix_fmt_desc_get(rgb->format);
  const int converted = bits_of(d) == l->bits && av->av_frame_get_buffer(rgb, 0) == 0
      && scale(av, frame, l->is_limited, rgb);
  if (converted) copy_rgb(rgb, d, out);
  av->av_frame_free(&rgb);
  return converted;
}

int blz_picture_rgb(const blz_picture *picture, void *samples, size_t bytes) {
  const AVFrame *frame = frame_of(picture);
  const blz_picture_layout l = blz_picture_describe(picture);
  if (!l.rows || bytes != size_of(&l, 3)) return 0;
  const AVPixFmtDescriptor *d = descriptor(frame);
  if (is_palette(d)) {
    copy_palette(frame, samples);
  } else if (is_plain_rgb(d)) {
    copy_rgb(frame, d, samples);
  } else {
    return convert(frame, &l, samples);
  }
  return 1;
}

void blz_picture_free(blz_picture *picture) {
  AVFrame *frame = (AVFrame *)picture;
  if (frame) blz_av()->av_frame_free(&frame);
}

#else

blz_picture_layout blz_picture_describe(const blz_picture *picture) {
  (void)picture;
  return (blz_picture_layout){0};
}
int blz_picture_codes(const blz_picture *picture, void *samples, size_t bytes) {
  return (void)picture, (void)samples, (void)bytes, 0;
}
int blz_picture_rgb(const blz_picture *picture, void *samples, size_t bytes) {
  return (void)picture, (void)samples, (void)bytes, 0;
}
void blz_picture_free(blz_picture *picture) { (void)picture; }

#endif
