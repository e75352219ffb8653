// Which libraries decode, for whoever keeps what they decoded.
#pragma once

// Names and versions of the libraries that the program is linked to, in one line.
const char *blz_versions_linked(void);

// Those of the FFmpeg libraries, which this opens; empty without them.
const char *blz_versions_ffmpeg(void);
