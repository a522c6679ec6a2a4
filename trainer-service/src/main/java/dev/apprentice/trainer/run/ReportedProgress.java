package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Progress;

/**
 * A progress event and its offset in the topic. All events of a run are in one partition, so the offset orders them and
 * identifies them, alike on every instance.
 */
public record ReportedProgress(long offset, Progress progress) {}
