package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Progress;

/**
 * A progress event and where it stands in its topic. All of a run's events are in one partition, so the offset orders them
 * and names them on every instance alike.
 */
public record ReportedProgress(long offset, Progress progress) {}
