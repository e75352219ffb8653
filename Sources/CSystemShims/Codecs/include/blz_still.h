// One picture in memory, decoded by libavcodec.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "blz_picture.h"

typedef enum { BLZ_STILL_BMP, BLZ_STILL_WEBP } blz_still_format;

// Decodes a whole file, which is only read. NULL when it is no such picture, larger than what is
// decoded of a video, or the libraries are missing; blz_av_message() says which.
blz_picture *blz_still_decode(blz_still_format format, const uint8_t *bytes, size_t count);
