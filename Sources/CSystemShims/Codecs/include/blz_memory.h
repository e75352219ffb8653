#pragma once

// Where the address space of the process is limited, makes all threads allocate from one arena: the C
// library sets 64 MiB of addresses or more aside for each otherwise, which no plan of ours knows of.
// To be called before the first thread starts.
void blz_memory_fit_address_space(void);
