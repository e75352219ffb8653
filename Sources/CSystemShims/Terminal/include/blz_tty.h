// The terminal device: raw mode, size, signals as bytes in a pipe, and a restore that is safe in a
// signal handler. One terminal per process.
#pragma once

#include <stddef.h>
#include <stdint.h>

// Opens the terminal as an own file description, non-blocking, so that no flag of ours outlives us
// or leaks to the shell. `path` may be null: the controlling terminal, else the one of stdout.
// Returns a descriptor, or -1 with errno set (ENOTTY when there is no terminal).
int blz_tty_open(const char *path);

// Rows, columns, and pixel width and height of the window; zeros when unknown.
void blz_tty_size(int fd, int size[4]);

// Saves the modes, then enters raw mode with signal keys on and flow control off. From here on
// `blz_tty_restore_now` writes `restore` (copied, at most 512 bytes) and puts the modes back.
// Entered already, it only sets raw mode again. Returns 0, or -1 with errno set and nothing changed.
int blz_tty_enter(int fd, const uint8_t *restore, size_t count);

// Leaves as found, once, however often and from wherever it is called; does nothing before
// `blz_tty_enter`. Async-signal-safe, waits at most half a second for a stalled terminal.
void blz_tty_restore_now(void);

// Writes without blocking. Returns bytes taken, 0 when the terminal takes none, -1 when it is gone.
ptrdiff_t blz_tty_write(int fd, const uint8_t *bytes, size_t count);

// Reads without blocking. Returns bytes read, 0 when there are none, -1 when the terminal is gone.
ptrdiff_t blz_tty_read(int fd, uint8_t *bytes, size_t count);

// Bytes written that the terminal has not fetched yet; 0 when unknown.
int blz_tty_backlog(int fd);

// Milliseconds-bounded wait until the terminal takes bytes; 1 when it does.
int blz_tty_wait_writable(int fd, int milliseconds);

// Swift's runtime answers a crash on a terminal with a prompt that waits half a minute for a key, the
// terminal raw meanwhile. After this call a crash ends the process by its signal, unless the
// environment has SWIFT_BACKTRACE, as whoever wants the runtime's report sets it.
void blz_signals_decline_prompts(void);

// From here on INT, TERM, HUP, QUIT, WINCH, CONT and TSTP arrive as bytes (the signal's number) in
// the descriptor returned, and SEGV, BUS, ILL, TRAP, ABRT and FPE restore the terminal before they
// kill. Replaces whatever handlers were there. Returns -1 with errno set on failure.
int blz_signals_install(void);

// Puts the handlers found by `blz_signals_install` back.
void blz_signals_remove(void);

// Stops the process as Ctrl-Z would and returns when it was continued in the foreground.
void blz_signals_stop(int fd);
