// Tells the thread sanitizer of the slow paths of Swift's Mutex, which lie in a library of the toolchain
// that is not built with it. Without these two every contended lock would be reported as a race. The
// fast paths are compiled into the program and seen.
//
// Linked into what scripts/test-sanitized builds; the names are those of the Swift library's functions.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

#define SELF __attribute__((swift_context)) void *handle
#define SWIFT __attribute__((swiftcall))

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
SWIFT void unlock_slow(SELF) __asm__(UNLOCK_SLOW);

static void *next(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function == NULL) abort();
  return function;
}

SWIFT void lock_slow(uint32_t thread, SELF) {
  SWIFT void (*real)(uint32_t, SELF) = next(LOCK_SLOW);
  real(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT void unlock_slow(SELF) {
  SWIFT void (*real)(SELF) = next(UNLOCK_SLOW);
  if (__tsan_release) __tsan_release(handle);
  real(handle);
}
