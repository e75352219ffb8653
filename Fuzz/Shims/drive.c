// Feeds files, as they are and mutated, to every C shim over a codec: built by `scripts/test-sanitized
// undefined`, because the undefined-behaviour sanitizer belongs to clang alone.
//
//   drive MUTATIONS FILE...
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "blz_ffmpeg.h"
#include "blz_jpeg.h"
#include "blz_png.h"
#include "blz_still.h"
#include "blz_tiff.h"
#include "blz_video.h"

// What is larger is another test's.
enum { MOST_PIXELS = 1 << 20, MOST_FRAMES = 4 };

typedef struct input {
  const char *name;
  uint8_t *bytes;
  size_t count;
} input;

static unsigned long decoded, refused;

static void note(int is_decoded) {
  if (is_decoded) decoded++;
  else refused++;
}

static uint8_t *room(size_t bytes) {
  uint8_t *memory = malloc(bytes ? bytes : 1);
  if (!memory) abort();
  return memory;
}

static void drive_png(const input *file) {
  blz_png_scratch *scratch = blz_png_scratch_create();
  for (int is_fast = 0; is_fast < 2; is_fast++) {
    blz_png *png = NULL;
    blz_png_info info = {0};
    blz_problem problem = {0};
    blz_outcome outcome =
      blz_png_open(file->bytes, file->count, MOST_PIXELS, &png, &info, &problem);
    if (outcome == BLZ_COMPLETE) {
      // Exactly the room that is asked for, so that one byte too many is found.
      size_t size = (size_t)info.width * info.height * info.channels * (info.bits / 8);
      size_t capacity = size + (is_fast ? info.height : 0);
      uint8_t *samples = room(capacity);
      outcome = blz_png_read(png, is_fast ? scratch : NULL, samples, capacity, &problem);
      free(samples);
    }
    note(outcome == BLZ_COMPLETE);
    blz_png_close(png);
  }
  blz_png_scratch_free(scratch);
}

static void drive_jpeg(const input *file) {
  for (unsigned reduction = 1; reduction <= 8; reduction *= 2) {
    for (int luma = 0; luma < 2; luma++) {
      blz_jpeg *jpeg = NULL;
      blz_jpeg_info info = {0};
      blz_problem problem = {0};
      blz_outcome outcome =
        blz_jpeg_open(file->bytes, file->count, MOST_PIXELS, &jpeg, &info, &problem);
      if (outcome == BLZ_COMPLETE && (!luma || info.has_luma)) {
        size_t columns = (info.width + reduction - 1) / reduction;
        size_t rows = (info.height + reduction - 1) / reduction;
        size_t capacity = columns * rows * (luma ? 1 : info.channels);
        uint8_t *samples = room(capacity);
        outcome = blz_jpeg_read(jpeg, luma, reduction, samples, capacity, &problem);
        free(samples);
      }
      note(outcome == BLZ_COMPLETE);
      blz_jpeg_close(jpeg);
    }
  }
}

static uint64_t number(const input *file, uint64_t offset, unsigned bytes) {
  uint64_t value = 0;
  if (offset > file->count || bytes > file->count - offset) return 0;
  for (unsigned i = 0; i < bytes; i++) {
    unsigned place = file->bytes[0] == 'M' ? i : bytes - 1 - i;
    value = value << 8 | file->bytes[offset + place];
  }
  return value;
}

static void drive_tiff(const input *file, int descriptor) {
  int is_big = number(file, 2, 2) == 43;
  uint64_t directory = is_big ? number(file, 8, 8) : number(file, 4, 4);
  for (int page = 0; page < MOST_FRAMES && directory; page++) {
    blz_tiff *tiff = NULL;
    blz_tiff_info info = {0};
    blz_problem problem = {0};
    blz_outcome outcome = blz_tiff_open(descriptor, file->count, directory, MOST_PIXELS, &tiff,
                                        &info, &problem);
    if (outcome == BLZ_COMPLETE) {
      size_t capacity = (size_t)info.width * info.height * info.channels * (info.bits / 8);
      uint8_t *samples = room(capacity);
      outcome = blz_tiff_read(tiff, samples, capacity, &problem);
      free(samples);
    }
    note(outcome == BLZ_COMPLETE);
    blz_tiff_close(tiff);
    uint64_t entries = number(file, directory, is_big ? 8 : 2);
    if (entries > 0xFFFF || directory > file->count) return;
    directory = number(file, directory + (is_big ? 8 + entries * 20 : 2 + entries * 12),
                       is_big ? 8 : 4);
  }
}

static void drive_picture(blz_picture *picture) {
  note(picture != NULL);
  if (!picture) return;
  blz_picture_layout layout = blz_picture_describe(picture);
  size_t pixels = (size_t)layout.rows * (size_t)layout.columns;
  if (pixels <= MOST_PIXELS) {
    size_t word = layout.bits > 8 ? 2 : 1;
    uint8_t *samples = room(pixels * 12);
    blz_picture_codes(picture, samples, pixels * word);
    blz_picture_rgb(picture, samples, pixels * 3 * word);
    free(samples);
  }
  blz_picture_free(picture);
}

static void drive_video(const char *path) {
  blz_video *video = NULL;
  blz_video_claim claim = {0};
  if (blz_video_open(path, 1, &video, &claim) != BLZ_VIDEO_OK) {
    note(0);
    return;
  }
  blz_video_packet packet = {0};
  int64_t first = BLZ_NO_TIME, tag = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (int count = 0; count < 40 && blz_video_read(video, &packet); count++) {
      if (first == BLZ_NO_TIME) first = packet.presentation;
      blz_video_send(video, count);
      for (blz_picture *next; (next = blz_video_receive(video, &tag));) drive_picture(next);
    }
    if (!blz_video_seek(video, first)) break;
  }
  blz_video_drain(video);
  for (blz_picture *next; (next = blz_video_receive(video, &tag));) drive_picture(next);
  blz_video_close(video);
}

static int ends_with(const char *name, const char *ending) {
  size_t length = strlen(name), tail = strlen(ending);
  return length >= tail && !strcmp(name + length - tail, ending);
}

// One content through the shims of its kind; the path is that of a file that holds it.
static void drive(const input *file, int descriptor, const char *path) {
  if (ends_with(file->name, ".png")) drive_png(file);
  else if (ends_with(file->name, ".jpg")) drive_jpeg(file);
  else if (ends_with(file->name, ".tif")) drive_tiff(file, descriptor);
  else if (ends_with(file->name, ".bmp"))
    drive_picture(blz_still_decode(BLZ_STILL_BMP, file->bytes, file->count));
  else if (ends_with(file->name, ".webp"))
    drive_picture(blz_still_decode(BLZ_STILL_WEBP, file->bytes, file->count));
  else drive_video(path);
}

// Writes the content to a file in memory and drives it.
static void drive_in_memory(const input *file) {
  int descriptor = memfd_create("drive", 0);
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  for (size_t written = 0; written < file->count;) {
    ssize_t count = write(descriptor, file->bytes + written, file->count - written);
    if (count <= 0) abort();
    written += (size_t)count;
  }
  drive(file, descriptor, path);
  close(descriptor);
}

// SplitMix64 (Steele, Lea, Flood 2014).
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

static input load(const char *path) {
  input file = {.name = path};
  FILE *stream = fopen(path, "rb");
  if (!stream) {
    perror(path);
    exit(2);
  }
  fseek(stream, 0, SEEK_END);
  file.count = (size_t)ftell(stream);
  rewind(stream);
  file.bytes = room(file.count);
  if (fread(file.bytes, 1, file.count, stream) != file.count) exit(2);
  fclose(stream);
  return file;
}

int main(int count, char **words) {
  int mutations = count > 1 ? atoi(words[1]) : 0;
  uint64_t state = 11;
  for (int i = 2; i < count; i++) {
    input file = load(words[i]);
    drive_in_memory(&file);
    for (int round = 0; round < mutations && file.count; round++) {
      input mutated = {.name = file.name, .bytes = room(file.count), .count = file.count};
      memcpy(mutated.bytes, file.bytes, file.count);
      if (round % 4 == 3) mutated.count = next_random(&state) % file.count;
      for (int flips = 0; flips < 1 + round % 4; flips++)
        mutated.bytes[next_random(&state) % file.count] = (uint8_t)next_random(&state);
      drive_in_memory(&mutated);
      free(mutated.bytes);
    }
    free(file.bytes);
  }
  printf("%d files, %d mutations of each: %lu decoded, %lu refused\n", count - 2, mutations,
         decoded, refused);
  return 0;
}
