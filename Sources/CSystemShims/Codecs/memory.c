#include "include/blz_memory.h"

#include <malloc.h>
#include <sys/resource.h>

void blz_memory_fit_address_space(void) {
#ifdef M_ARENA_MAX
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    mallopt(M_ARENA_MAX, 1);
#endif
}
