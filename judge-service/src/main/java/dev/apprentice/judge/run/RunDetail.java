package dev.apprentice.judge.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Run;
import java.util.List;
import java.util.Optional;

/**
 * A run's details, without its curves and reports.
 *
 * @param summary its state
 * @param run its request; empty if Kafka no longer has it
 * @param dataDigest {@code sha256:} and the digest of the examples it learns from
 * @param repeats instructions that occur more than once in the examples
 * @param dataset the version of the dataset that the examples come from
 * @param checkpoints the announced checkpoints, by step
 * @param remarks the last messages about it, oldest first
 * @param samples the last sample answers, oldest first
 */
public record RunDetail(
        RunSummary summary,
        Optional<Run> run,
        Optional<String> dataDigest,
        Optional<Repeats> repeats,
        Optional<DatasetVersion> dataset,
        List<Checkpoint> checkpoints,
        List<RunState.Remark> remarks,
        List<SampleAnswer> samples) {

    /**
     * The model's answer to a sample prompt during training.
     *
     * @param step optimizer steps done
     * @param epoch the epoch under way
     * @param prompt the text it was given
     * @param response what it wrote
     */
    public record SampleAnswer(int step, int epoch, String prompt, String response) {}

    public RunDetail with(RunSummary graded) {
        return new RunDetail(graded, run, dataDigest, repeats, dataset, checkpoints, remarks, samples);
    }
}
