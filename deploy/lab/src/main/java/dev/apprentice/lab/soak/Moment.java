package dev.apprentice.lab.soak;

import dev.apprentice.local.system.Member;
import java.time.Duration;
import java.util.Map;

/**
 * A sample of all processes.
 *
 * @param after the time since the first example was sent
 * @param learned the share of the examples that have been learned, 0 to 1
 * @param kafkaMiB the broker's space on disk
 * @param footprints the resources of each process
 */
record Moment(Duration after, double learned, double kafkaMiB, Map<Member, Footprint> footprints) {}
