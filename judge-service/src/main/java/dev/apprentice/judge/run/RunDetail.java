package dev.apprentice.judge.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Run;
import java.util.List;
import java.util.Optional;

/**
 * A run in full, its curves and reports aside.
 *
 * @param summary how it stands
 * @param run what was asked for; empty where the log has lost it
 * @param dataDigest {@code sha256:} and the digest of the examples it learns from
 * @param repeats instructions that the examples give more than once
 * @param dataset the dataset's version that they are
 * @param checkpoints those announced, by step
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
     * What the model made of a question while it learned.
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
