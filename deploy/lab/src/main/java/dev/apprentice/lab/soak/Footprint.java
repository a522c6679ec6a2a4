package dev.apprentice.lab.soak;

import java.util.OptionalDouble;

/**
 * What a process holds on to at a moment.
 *
 * @param residentMiB memory that it has, native memory and everything else included, as the kernel counts it
 * @param heapMiB Java heap in use, garbage included; empty where the process does not say
 * @param liveMiB Java heap in use behind the last full collection; empty before the first one
 * @param threads threads of the process
 * @param files files and sockets it has open
 * @param deletedFiles those among them that no longer have a name and yet take space
 */
record Footprint(
        double residentMiB, OptionalDouble heapMiB, OptionalDouble liveMiB, int threads, int files, int deletedFiles) {}
