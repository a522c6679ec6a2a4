package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A fact that one service publishes to the others. */
public sealed interface Event
        permits Run, Instruction, Batch, Progress, Checkpoint, Prompt, Response, Score, Report, RejectedEntry {

    /** Returns the Kafka key, by which records are partitioned, compacted and deduplicated. */
    @JsonIgnore
    String key();
}
