package dev.apprentice.contracts.topic;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.RejectedEntry;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Score;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All topics of the services. */
public final class Topics {

    public static final String PREFIX = KafkaPrefix.before("apprentice.");

    public static final Topic<Run> RUNS =
            new Topic<>(PREFIX + "runs", Run.class, "dev.apprentice.run.v1", true, Topic.COMPACT);
    public static final Topic<Instruction> INSTRUCTIONS = new Topic<>(
            PREFIX + "instructions", Instruction.class, "dev.apprentice.instruction.v1", true, Topic.DELETE);
    public static final Topic<Progress> PROGRESS =
            new Topic<>(PREFIX + "progress", Progress.class, "dev.apprentice.progress.v1", true, Topic.DELETE);
    public static final Topic<Checkpoint> CHECKPOINTS = new Topic<>(
            PREFIX + "checkpoints", Checkpoint.class, "dev.apprentice.checkpoint.v1", true, Topic.COMPACT_AND_DELETE);
    public static final Topic<Prompt> PROMPTS =
            new Topic<>(PREFIX + "prompts", Prompt.class, "dev.apprentice.prompt.v1", true, Topic.DELETE);
    public static final Topic<Response> RESPONSES =
            new Topic<>(PREFIX + "responses", Response.class, "dev.apprentice.response.v1", true, Topic.DELETE);
    public static final Topic<Score> SCORES =
            new Topic<>(PREFIX + "scores", Score.class, "dev.apprentice.score.v1", true, Topic.DELETE);
    public static final Topic<Report> REPORTS =
            new Topic<>(PREFIX + "reports", Report.class, "dev.apprentice.report.v1", true, Topic.COMPACT);

    /** Entries of data that were left out. No service reads it; it is for users and their programs. */
    public static final Topic<RejectedEntry> REJECTS = new Topic<>(
            PREFIX + "rejects", RejectedEntry.class, "dev.apprentice.rejected-entry.v1", true, Topic.DELETE);

    /** Records that could not be used, with the reason in their headers. */
    public static final String DEAD_LETTERS = PREFIX + "dead-letters";

    /** The prefix of the name of a run's own topic of batches. */
    public static final String BATCHES_PREFIX = PREFIX + "batches.";

    /** The topics that every installation has from the start and that its services read. */
    public static final List<Topic<?>> STANDING =
            List.of(RUNS, INSTRUCTIONS, PROGRESS, CHECKPOINTS, PROMPTS, RESPONSES, SCORES, REPORTS);

    /** The topics that services create if they are missing: those of events, and {@link #DEAD_LETTERS}. */
    public static final List<Topic<?>> PROVISIONED = Stream.<Topic<?>>concat(STANDING.stream(), Stream.of(REJECTS)).toList();

    private Topics() {}

    /** Returns a run's own topic of batches. It has one partition, so an offset is a position in the curriculum. */
    public static Topic<Batch> batches(String run) {
        return new Topic<>(BATCHES_PREFIX + run, Batch.class, "dev.apprentice.batch.v1", false, Topic.CURRICULUM);
    }

    /** Returns the topic of that name; empty if no service has such a topic. */
    public static Optional<Topic<?>> named(String name) {
        if (name.startsWith(BATCHES_PREFIX)) {
            return Optional.of(batches(name.substring(BATCHES_PREFIX.length())));
        }
        return PROVISIONED.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}
