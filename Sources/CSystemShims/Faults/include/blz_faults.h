#pragma once

#include <stddef.h>
#include <stdint.h>

// The one owner of SIGBUS.
//
// A mapped file that shrinks, or a disk that fails, raises SIGBUS in whoever reads the page. For an
// address inside a watched range the page is marked as lost and replaced by zeros for good, and the
// reader goes on; it asks afterwards what it lost. Any other SIGBUS restores the terminal and ends
// the process by that signal.

/// Starts watching `length` bytes at `base`, the page-aligned start of a mapping.
///
/// Returns a slot, or -1 when 256 ranges are watched already or memory for a bit per page is short;
/// the range is then not watched and must not be read.
int blz_faults_watch(const void *base, size_t length);

/// Stops watching; call it before the mapping goes, when nobody reads it any more.
void blz_faults_forget(int slot);

/// The first byte, at or after `offset` and before `end`, of a page that was lost; -1 when there is
/// none. A page is marked before its zeros can be read, so asking after reading misses none.
int64_t blz_faults_first_lost(int slot, size_t offset, size_t end);

/// Names what puts the terminal back before the process dies of a SIGBUS that is nobody's range;
/// it must be async-signal-safe. NULL withdraws it.
void blz_faults_on_death(void (*restore)(void));
