package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A fact that one service publishes for the others. */
public sealed interface Event
        permits Run, Instruction, Batch, Progress, Checkpoint, Prompt, Response, Score, Report, RejectedEntry {

    /** The Kafka key: what compaction, partitioning and idempotence go by. */
    @JsonIgnore
    String key();
}
