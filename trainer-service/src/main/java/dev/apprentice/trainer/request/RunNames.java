package dev.apprentice.trainer.request;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Generates names for runs that come without one: the dataset and the second, such as {@code capitals-20260131-094500}. */
public final class RunNames {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    /** Maximum characters of the dataset's name, which leaves room for the time in the 100 characters of a run's name. */
    private static final int LONGEST_DATASET = 80;

    private RunNames() {}

    public static String of(String dataset, Instant now) {
        return dataset.substring(0, Math.min(dataset.length(), LONGEST_DATASET)) + "-" + SECOND.format(now);
    }
}
