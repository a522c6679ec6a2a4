package dev.apprentice.lab.soak;

import dev.apprentice.local.system.Member;
import java.time.Duration;
import java.util.Map;

/**
 * How things stood at one look.
 *
 * @param after since the first example was sent
 * @param learned share of the examples that have been learned, 0 to 1
 * @param kafkaMiB what the broker has on disk
 * @param footprints of each process
 */
record Moment(Duration after, double learned, double kafkaMiB, Map<Member, Footprint> footprints) {}
