/* What this machine's memory allows, in the benchmarks' format: name, bytes, best and median seconds.

   usage: memory_probe MIB THREADS RUNS

   Huge pages, 4 read streams a thread, pages touched before the clock starts. */
#include <emmintrin.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

static size_t count;
static int threads;
static float *source, *target;
static volatile float sink;

struct part {
  void (*work)(size_t, size_t);
  size_t first, end;
};

static void read_all(size_t first, size_t end) {
  size_t quarter = (end - first) / 4 / 4 * 4;
  __m128 sums[4] = {_mm_setzero_ps(), _mm_setzero_ps(), _mm_setzero_ps(), _mm_setzero_ps()};
  for (size_t i = 0; i < quarter; i += 4)
    for (int stream = 0; stream < 4; stream++)
      sums[stream] = _mm_add_ps(sums[stream], _mm_loadu_ps(source + first + stream * quarter + i));
  __m128 sum = _mm_add_ps(_mm_add_ps(sums[0], sums[1]), _mm_add_ps(sums[2], sums[3]));
  sink = _mm_cvtss_f32(sum);
}

/* 64 columns of 64 rows from frames of 512x512, as a trace reads them. */
static void read_region(size_t first, size_t end) {
  __m128 sums[4] = {_mm_setzero_ps(), _mm_setzero_ps(), _mm_setzero_ps(), _mm_setzero_ps()};
  for (size_t frame = (first + (1 << 18) - 1) >> 18; (frame + 1) << 18 <= end; frame++)
    for (size_t row = 0; row < 64; row++) {
      const float *run = source + (frame << 18) + row * 512 + 100;
      for (int i = 0; i < 64; i += 16)
        for (int stream = 0; stream < 4; stream++)
          sums[stream] = _mm_add_ps(sums[stream], _mm_loadu_ps(run + i + 4 * stream));
    }
  __m128 sum = _mm_add_ps(_mm_add_ps(sums[0], sums[1]), _mm_add_ps(sums[2], sums[3]));
  sink = _mm_cvtss_f32(sum);
}

static void modify_all(size_t first, size_t end) {
  __m128 one = _mm_set1_ps(1);
  for (size_t i = first; i + 4 <= end; i += 4)
    _mm_storeu_ps(target + i, _mm_add_ps(_mm_loadu_ps(target + i), one));
}

static void copy_all(size_t first, size_t end) {
  for (size_t i = first; i + 4 <= end; i += 4) _mm_stream_ps(target + i, _mm_loadu_ps(source + i));
  _mm_sfence();
}

static void *run(void *argument) {
  struct part *part = argument;
  part->work(part->first, part->end);
  return NULL;
}

static double once(void (*work)(size_t, size_t)) {
  pthread_t handles[64];
  struct part parts[64];
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int i = 0; i < threads; i++) {
    parts[i] = (struct part){work, count / threads * i / 4 * 4, count / threads * (i + 1) / 4 * 4};
    pthread_create(&handles[i], NULL, run, &parts[i]);
  }
  for (int i = 0; i < threads; i++) pthread_join(handles[i], NULL);
  clock_gettime(CLOCK_MONOTONIC, &end);
  return end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) * 1e-9;
}

static int ascending(const void *a, const void *b) {
  return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b);
}

static void report(const char *name, void (*work)(size_t, size_t), size_t bytes, int runs) {
  double seconds[64];
  once(work);
  for (int i = 0; i < runs; i++) seconds[i] = once(work);
  qsort(seconds, runs, sizeof *seconds, ascending);
  printf("%s\t%zu\t%g\t%g\n", name, bytes, seconds[0], seconds[runs / 2]);
}

static float *touched(size_t bytes) {
  float *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) exit(1);
  madvise(memory, bytes, MADV_HUGEPAGE);
  for (size_t i = 0; i < bytes / sizeof(float); i += 1024) memory[i] = (float)i;
  return memory;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  count = (size_t)atol(argv[1]) << 18;
  threads = atoi(argv[2]) < 64 ? atoi(argv[2]) : 64;
  int runs = atoi(argv[3]) < 64 ? atoi(argv[3]) : 64;
  source = touched(count * sizeof(float));
  target = touched(count * sizeof(float));
  size_t bytes = count * sizeof(float);
  report("C read", read_all, bytes, runs);
  report("C read of 64x64", read_region, bytes / 64, runs);
  report("C read-modify-write", modify_all, bytes, runs);
  report("C copy, non-temporal", copy_all, bytes, runs);
  return 0;
}
