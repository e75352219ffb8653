#include "include/blz_versions.h"

#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <libdeflate.h>
#include <png.h>
#include <pthread.h>
#include <tiffio.h>

#include "ffmpeg.h"

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

static char linked[256], ffmpeg[128];

// libjpeg and libdeflate do not tell at run time: theirs are the versions compiled against.
static void name_linked(void) {
  // "LIBTIFF, Version 4.5.0" and more lines.
  const char *tiff = TIFFGetVersion();
  snprintf(linked, sizeof linked, "libpng %s, libjpeg %s, %.*s, libdeflate %s",
           png_get_libpng_ver(NULL),
#ifdef LIBJPEG_TURBO_VERSION
           TEXT(LIBJPEG_TURBO_VERSION),
#else
           TEXT(JPEG_LIB_VERSION),
#endif
           (int)strcspn(tiff, "\n"), tiff, LIBDEFLATE_VERSION_STRING);
}

const char *blz_versions_linked(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, name_linked);
  return linked;
}

#if BLZ_HAS_FFMPEG

static void name_ffmpeg(void) {
  const struct blz_av *av = blz_av();
  if (!av) return;
  const unsigned versions[] = {
      av->avformat_version(), av->avcodec_version(), av->avutil_version(), av->swscale_version()};
  int end = snprintf(ffmpeg, sizeof ffmpeg, "FFmpeg");
  for (int i = 0; i < 4; i++)
    end += snprintf(ffmpeg + end, sizeof ffmpeg - end, " %u.%u.%u", AV_VERSION_MAJOR(versions[i]),
                    AV_VERSION_MINOR(versions[i]), AV_VERSION_MICRO(versions[i]));
}

const char *blz_versions_ffmpeg(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, name_ffmpeg);
  return ffmpeg;
}

#else

const char *blz_versions_ffmpeg(void) { return ffmpeg; }

#endif
