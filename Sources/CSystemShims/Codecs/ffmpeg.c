#include "ffmpeg.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "include/blz_ffmpeg.h"

static _Thread_local char message[256];

const char *blz_av_message(void) { return message; }

void blz_av_forget(void) { message[0] = 0; }

void blz_av_say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
}

#if BLZ_HAS_FFMPEG

#define SONAME(library, major) "lib" library ".so." AV_STRINGIFY(major)
#define SONAME_UTIL SONAME("avutil", LIBAVUTIL_VERSION_MAJOR)
#define SONAME_CODEC SONAME("avcodec", LIBAVCODEC_VERSION_MAJOR)
#define SONAME_FORMAT SONAME("avformat", LIBAVFORMAT_VERSION_MAJOR)
#define SONAME_SCALE SONAME("swscale", LIBSWSCALE_VERSION_MAJOR)

// No single block may be larger; FFmpeg's own default is 2 GiB.
#define LARGEST_BLOCK ((size_t)1 << 30)

static struct blz_av table;
static int is_ready;
static char failure[256];

// Keeps the last error in memory: the terminal belongs to the viewer.
static void remember(void *context, int level, const char *format, va_list arguments) {
  (void)context;
  if (level > AV_LOG_ERROR) return;
  vsnprintf(message, sizeof message, format, arguments);
  message[strcspn(message, "\r\n")] = 0;
}

static void *open_library(const char *soname) {
  void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
  if (!library && !failure[0]) snprintf(failure, sizeof failure, "%s", dlerror());
  return library;
}

static void *find_function(void *library, const char *name) {
  void *function = library ? dlsym(library, name) : NULL;
  if (!function && !failure[0]) snprintf(failure, sizeof failure, "%s is missing", name);
  return function;
}

// The libraries stay open for good: codecs may have started threads in them.
static void load(void) {
  void *util = open_library(SONAME_UTIL), *codec = open_library(SONAME_CODEC);
  void *format = open_library(SONAME_FORMAT), *scale = open_library(SONAME_SCALE);
#define FIND(library, name) table.name = (__typeof__(&name))find_function(library, #name);
  BLZ_AV_FUNCTIONS(FIND)
#undef FIND
  if (failure[0]) return;
  table.av_log_set_callback(remember);
  table.av_max_alloc(LARGEST_BLOCK);
  is_ready = 1;
}

const struct blz_av *blz_av(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  if (!is_ready) blz_av_say("%s", failure);
  return is_ready ? &table : NULL;
}

void blz_av_explain(int code) {
  if (!message[0]) table.av_strerror(code, message, sizeof message);
}

int blz_ffmpeg_ready(void) { return blz_av() != NULL; }

const char *blz_ffmpeg_needs(void) {
  return SONAME_FORMAT ", " SONAME_CODEC ", " SONAME_UTIL ", " SONAME_SCALE;
}

#else

int blz_ffmpeg_ready(void) {
  blz_av_say("this program was built without FFmpeg's headers");
  return 0;
}

const char *blz_ffmpeg_needs(void) { return ""; }

#endif
