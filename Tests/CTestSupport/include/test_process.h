#ifndef TEST_PROCESS_H
#define TEST_PROCESS_H

#include <stddef.h>

/// Starts a program with every signal at its default and no descriptor but 0, 1 and 2.
///
/// `words` holds the arguments and then the variables of its environment, each ended by NUL.
/// A descriptor of -1 is /dev/null. With a `terminal` the program leads a session of its own on it,
/// and the descriptors are ignored. `folder` and `terminal` may be NULL.
/// Returns the process, or a negative errno.
int test_spawn(const char *words, int arguments, int variables, const char *folder,
               const int descriptors[3], const char *terminal);

/// Makes a pipe whose ends no child inherits; 0, or -1.
int test_pipe(int ends[2]);

/// Opens a new pseudo-terminal; writes the path of its other side and returns this one, or -1.
int test_terminal_open(char *path, size_t capacity);

/// Gives a terminal a size in cells.
int test_terminal_resize(int descriptor, int columns, int rows);

/// Line settings of a terminal as `stty -g` prints them, one number each; returns how many, or -1.
int test_terminal_settings(int descriptor, unsigned settings[64]);

#endif
