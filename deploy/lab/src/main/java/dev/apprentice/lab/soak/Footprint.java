package dev.apprentice.lab.soak;

import java.util.OptionalDouble;

/**
 * The resources of a process at a moment.
 *
 * @param residentMiB resident memory, native memory included
 * @param heapMiB Java heap in use, garbage included; empty if the process does not report it
 * @param liveMiB Java heap in use after the last full collection; empty before the first one
 * @param threads threads of the process
 * @param files open files and sockets
 * @param deletedFiles open files among them that were deleted but still take space
 */
record Footprint(
        double residentMiB, OptionalDouble heapMiB, OptionalDouble liveMiB, int threads, int files, int deletedFiles) {}
