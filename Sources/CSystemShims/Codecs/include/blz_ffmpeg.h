// What the shims over FFmpeg have in common. Its libraries are opened by soname at first use, so
// the program starts, and everything else works, without them.
#pragma once

// True when the libraries are there; opens them. Costs tens of milliseconds the first time.
int blz_ffmpeg_ready(void);

// The sonames compiled against, as one line for an error; empty when built without the headers.
const char *blz_ffmpeg_needs(void);

// Why the last call on this thread failed: libraries' own words, never printed. Empty when unknown.
const char *blz_av_message(void);
