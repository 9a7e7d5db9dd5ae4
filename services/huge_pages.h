// Pages of 2 MiB for the memory of this process, kept over time: where malloc
// gives a part of such a page back to the system, what is left of it lies in
// small pages from then on, and after the index was filled half of it does.
#ifndef HEIMWEG_SERVICES_HUGE_PAGES_H_
#define HEIMWEG_SERVICES_HUGE_PAGES_H_

namespace heimweg {

// Copies what lies in small pages into pages of 2 MiB, where the system would
// give such and has some: some tenths of a second a GiB, next to nothing where
// all lies in them already. Other threads run on meanwhile. Where the system
// cannot do it, nothing happens.
void GatherHugePages();

}  // namespace heimweg

#endif  // HEIMWEG_SERVICES_HUGE_PAGES_H_
