// A video file: its packets in file order and the pictures decoded from them.
#pragma once

#include <stdint.h>

#include "blz_picture.h"

typedef struct blz_video blz_video;

// A time stamp that the file does not give.
#define BLZ_NO_TIME INT64_MIN

typedef struct {
  int64_t frames;                          // what the headers claim; 0 when they do not
  int64_t bytes;                           // size of the file
  int64_t rate_numerator, rate_denominator;  // average frames per second; 0 when unknown
  int64_t time_numerator, time_denominator;  // seconds per unit of a time stamp
} blz_video_claim;

typedef struct {
  int64_t presentation, decoding;  // time stamps, or BLZ_NO_TIME
  int64_t position;                // offset in the file, or -1
  int32_t is_key;                  // decoding can start here
  int32_t is_shown;                // 0 when no picture comes of it
  int32_t is_cut;                  // 1 when the file has only a part of it
} blz_video_packet;

typedef enum {
  BLZ_VIDEO_OK = 0,
  BLZ_VIDEO_MISSING,      // errno says why
  BLZ_VIDEO_NOT_REGULAR,
  BLZ_VIDEO_NO_LIBRARY,
  BLZ_VIDEO_REFUSED,      // a playlist, text or other file that is no recording
  BLZ_VIDEO_DAMAGED,
} blz_video_status;

// Opens a regular file. No other file and no network is ever opened, whatever the content says.
// `threads` 0 opens it for reading packets alone.
blz_video_status blz_video_open(
    const char *path, int32_t threads, blz_video **video, blz_video_claim *claim);
void blz_video_close(blz_video *video);

// Names of container, codec and pixel layout; valid until close.
const char *blz_video_container(const blz_video *video);
const char *blz_video_codec(const blz_video *video);

// Reads the next packet of the picture stream and keeps it until the next read. 0 at the end.
int blz_video_read(blz_video *video, blz_video_packet *packet);

// Gives the kept packet to the decoder (at the end: asks it for what it holds back). The tag comes
// back with the picture made of this packet. Every picture due must have been received before.
void blz_video_send(blz_video *video, int64_t tag);
void blz_video_drain(blz_video *video);

// The next finished picture in display order, or NULL when the decoder wants more packets or is
// drained. The caller frees it.
blz_picture *blz_video_receive(blz_video *video, int64_t *tag);

// Moves to a packet at or before a time stamp where decoding can start, as far as the container
// knows, and empties the decoder. Returns 0 when the container cannot.
int blz_video_seek(blz_video *video, int64_t time);
