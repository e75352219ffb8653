#pragma once
#include <stddef.h>

/// How a call into a codec ended. Callers branch on this, never on text.
typedef enum blz_outcome {
  /// As asked; there may have been warnings about what is not image data.
  BLZ_COMPLETE = 0,
  /// The image data is short or corrupt; whatever was written must not be used.
  BLZ_DAMAGED = 1,
  /// Well formed, but outside what is read here (a limit, a colour model).
  BLZ_REFUSED = 2,
  /// The system refused: no memory, a failed write.
  BLZ_FAILED = 3,
} blz_outcome;

/// What a codec said, for a person. The text is the library's, may hold any byte and is cut to fit.
typedef struct blz_problem {
  /// Warnings about what is not image data.
  int warnings;
  /// Why the outcome is not BLZ_COMPLETE; empty otherwise. Always ends in a NUL.
  char text[120];
} blz_problem;
