// Writes an MP4 file for players: H.264 where the libraries have libx264, else MPEG-4 part 2.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct blz_movie blz_movie;

typedef struct {
  int32_t rows, columns;
  int32_t channels;  // 1 or 3
  int32_t rate_numerator, rate_denominator;  // frames per second
} blz_movie_format;

// Starts a file at a descriptor, which stays the caller's. NULL with blz_av_message().
blz_movie *blz_movie_open(int descriptor, const blz_movie_format *format);

// Appends a frame of rows * columns * channels bytes, 0 to 255. Returns 0 on failure.
int blz_movie_write(blz_movie *movie, const uint8_t *samples);

// Writes what the encoder holds back and the index. Returns 0 on failure.
int blz_movie_finish(blz_movie *movie);

void blz_movie_close(blz_movie *movie);
