#ifndef TEST_ALLOCATIONS_H
#define TEST_ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

/// False where a sanitizer owns malloc, so that nothing can be counted.
bool test_allocations_are_counted(void);
/// Starts to count the calling thread's heap allocations from 0.
void test_allocations_begin(void);
/// Stops counting; the calls of malloc and its relatives by this thread since `begin`.
size_t test_allocations_end(void);

#endif
