// What jemalloc reads when a program starts: memory in pages of 2 MiB, where
// the system gives them to who asks. A ranking looks at thousands of places in
// memory, and looking up where a page lies costs as much as a miss of a cache.
// A ranking of jobs takes and frees a piece with a byte for each job of a
// segment (skill_shares.h): a thread keeps one of up to 1 MiB, not 32 KiB,
// without asking the others.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,tcache_max:1048576";
}
