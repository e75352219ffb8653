#include "include/blz_faults.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

enum { slot_count = 256 };

// A slot is claimed with `used`, filled, and published by its `base`, stored last and cleared
// first: the handler, which may run at any moment, looks at nothing behind a base of 0.
struct slot {
  atomic_bool used;
  atomic_bool any_lost;
  _Atomic uintptr_t base;
  size_t length;
  _Atomic uint64_t *lost;  // One bit for each page; address space only, until a page is lost.
};

static struct slot slots[slot_count];
static size_t page_size;
static _Atomic(void (*)(void)) restore_terminal;
static pthread_once_t installed = PTHREAD_ONCE_INIT;

static size_t map_bytes(size_t length) {
  size_t pages = (length - 1) / page_size + 1;
  return ((pages - 1) / 64 + 1) * sizeof(uint64_t);
}

// Marks the page, then puts zeros where the file has none: whoever reads zeros finds the mark.
static int replace_page(struct slot *slot, uintptr_t base, uintptr_t address) {
  size_t page = (address - base) / page_size;
  atomic_fetch_or(&slot->lost[page / 64], UINT64_C(1) << page % 64);
  atomic_store(&slot->any_lost, 1);
  void *target = (void *)(base + page * page_size);
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
  return mmap(target, page_size, PROT_READ, flags, -1, 0) != MAP_FAILED;
}

static void on_bus_error(int signal, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  uintptr_t address = (uintptr_t)info->si_addr;
  // A positive code is the kernel's own word on this very access; kill() carries none.
  for (int i = 0; info->si_code > 0 && i < slot_count; i++) {
    uintptr_t base = atomic_load_explicit(&slots[i].base, memory_order_acquire);
    if (base == 0 || address < base || address - base >= slots[i].length) continue;
    if (!replace_page(&slots[i], base, address)) break;
    errno = saved;
    return;
  }
  void (*restore)(void) = atomic_load(&restore_terminal);
  if (restore) restore();
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal, &standard, NULL);
  raise(signal);  // Blocked until this handler returns, then it ends the process.
}

static void install(void) {
  page_size = (size_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, NULL);
}

static int publish(struct slot *slot, const void *base, size_t length) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *lost = mmap(NULL, map_bytes(length), PROT_READ | PROT_WRITE, flags, -1, 0);
  if (lost == MAP_FAILED) return 0;
  slot->length = length;
  slot->lost = lost;
  atomic_store(&slot->any_lost, 0);
  atomic_store_explicit(&slot->base, (uintptr_t)base, memory_order_release);
  return 1;
}

int blz_faults_watch(const void *base, size_t length) {
  pthread_once(&installed, install);
  if (length == 0) return -1;
  for (int i = 0; i < slot_count; i++) {
    if (atomic_exchange(&slots[i].used, 1)) continue;
    if (publish(&slots[i], base, length)) return i;
    atomic_store(&slots[i].used, 0);
    return -1;
  }
  return -1;
}

void blz_faults_forget(int slot) {
  if (slot < 0 || slot >= slot_count) return;
  atomic_store(&slots[slot].base, 0);
  munmap((void *)slots[slot].lost, map_bytes(slots[slot].length));
  atomic_store(&slots[slot].used, 0);
}

int64_t blz_faults_first_lost(int slot, size_t offset, size_t end) {
  if (slot < 0 || slot >= slot_count || !atomic_load(&slots[slot].any_lost)) return -1;
  const struct slot *owner = &slots[slot];
  if (end > owner->length) end = owner->length;
  for (size_t page = offset / page_size; page * page_size < end; page++) {
    uint64_t bits = atomic_load(&owner->lost[page / 64]) >> page % 64;
    if (bits == 0) {
      page |= 63;  // Nothing more in this word.
    } else if (bits & 1) {
      size_t start = page * page_size;
      return (int64_t)(start > offset ? start : offset);
    }
  }
  return -1;
}

void blz_faults_on_death(void (*restore)(void)) {
  pthread_once(&installed, install);
  atomic_store(&restore_terminal, restore);
}
