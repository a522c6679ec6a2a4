package dev.apprentice.dataset.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What this service keeps of one run.
 *
 * <pre>
 * run.json                        the run as its owner last wanted it: a {@link Run}
 * partition.json                  which partition of the runs topic it was in
 * unbound.json                    since when the run waits to be bound to its datasets, if it does
 * examples.jsonl, dataset.json …  its examples: {@link RunExamples}
 * exam.jsonl                      those that are held out
 * crashes.json                    how often this process ended in something risky for the run
 * outcome.json                    how the preparation ended: an {@link PreparationOutcome}
 * training-failed.json            when the trainer gave the run up, if it did
 * withdrawn.json                  when the run was withdrawn, if it was
 * batches-deleted.json            when its batches were deleted, if they were
 * stream/                         what a stream run knows, and where it stands
 * checkpoints/[step].json         a {@link Checkpoint} whose prompts are still to be published
 * checkpoints/[step].done.json    one whose prompts are
 * checkpoints/[step].[uuid].beside.json  one that came while another instance held the list of them
 * checkpoints/[step].exam.jsonl   of a stream, the questions for that one
 * </pre>
 */
public final class RunFolder {

    private static final String RUN = "run.json";
    private static final String UNBOUND = "unbound.json";
    private static final String WITHDRAWN = "withdrawn.json";
    private static final String BATCHES_DELETED = "batches-deleted.json";

    private final String name;
    private final Path folder;
    private final StateFolder state;
    private final Crashes crashes;
    private final RunExamples examples;
    private final ExamList exams;
    private final SharedValue<Run> run;
    private final SharedValue<Integer> partition;
    private final SharedValue<PreparationOutcome> outcome;
    private final SharedValue<Instant> trainingFailed;
    private final Assignment assignment;
    private final RunLocks locks;

    private RunFolder(Path folder, Assignment assignment, RunLocks locks) throws IOException {
        this.name = folder.getFileName().toString();
        this.assignment = assignment;
        this.locks = locks;
        this.folder = folder;
        this.state = new StateFolder(folder);
        this.examples = new RunExamples(folder, state);
        this.exams = new ExamList(folder.resolve("checkpoints"), locks.of("exam-lists"));
        this.run = new SharedValue<>(state, RUN, Run.class);
        this.crashes = new Crashes(folder, state, () -> run.get().map(Run::requestedAt));
        this.partition = new SharedValue<>(state, "partition.json", Integer.class);
        this.outcome = new SharedValue<>(state, "outcome.json", PreparationOutcome.class);
        this.trainingFailed = new SharedValue<>(state, "training-failed.json", Instant.class);
    }

    static RunFolder open(Path folder, Assignment assignment, RunLocks locks) throws IOException {
        DurableFiles.createFolder(folder.resolve("checkpoints"));
        return new RunFolder(folder, assignment, locks);
    }

    /** Names the files that stand for what one instance at a time may do with a run. */
    @FunctionalInterface
    interface RunLocks {

        Path of(String kind);
    }

    public String name() {
        return name;
    }

    /** The run; empty where only a checkpoint of it has been seen. */
    public Optional<Run> run() {
        return run.get();
    }

    /** Takes in at once what other instances have written. */
    public void lookAgain() throws IOException {
        run.lookAgain();
        partition.lookAgain();
        outcome.lookAgain();
        trainingFailed.lookAgain();
    }

    /**
     * Whether the run is this instance's: its partition of the runs topic is. One from an earlier version has none on record;
     * it belongs to the instance that gets its lock.
     */
    public boolean isOurs() {
        return partition.get().map(known -> assignment.isOurs(Topics.RUNS.name(), known)).orElse(true);
    }

    /** Whether this instance is to prepare it. */
    public boolean isOursToPrepare() {
        return isOurs() && isUnprepared();
    }

    /**
     * Takes the run for its preparation, or for anything else that changes what was prepared; empty while another instance has it. What
     * ended the one that had it before counts as a crash of the run.
     */
    public Optional<SharedLock> lock() throws IOException {
        Optional<SharedLock> lock = SharedLock.tryLock(locks.of("runs"));
        if (lock.isPresent()) {
            lookAgain();
            crashes.takeOver();
        }
        return lock;
    }

    /** Takes the run's exams; empty while another instance sets one. */
    public Optional<SharedLock> lockExams() throws IOException {
        return SharedLock.tryLock(locks.of("exams"));
    }

    /** Whether the run's owner wants it to go on. */
    public boolean isWanted() {
        return run.get().map(Run::desired).equals(Optional.of(DesiredState.RUN));
    }

    /** Whether there is work left to prepare it, and the run still wants it. */
    public boolean isUnprepared() {
        return isWanted() && !outcome.get().map(PreparationOutcome::requestedAt).equals(run.get().map(Run::requestedAt))
                && !isTrainingOver();
    }

    /** What was asked for after the trainer gave the run up, it has not given up. */
    private boolean isTrainingOver() {
        return trainingFailed.get().filter(at -> !run.get().orElseThrow().requestedAt().isAfter(at)).isPresent();
    }

    /** The trainer learns nothing more of this run, unless it is asked for again. On disk when this returns. */
    public synchronized void trainingFailed(Instant at) throws IOException {
        trainingFailed.set(at);
    }

    /** Whether what is known of the run was damaged before its preparation ended, so that its preparation does not go on. */
    public boolean isLost() {
        return run.get().isEmpty() && outcome.get().isEmpty() && state.isDamaged(RUN);
    }

    /** What is risky for the run goes through these. */
    public Crashes crashes() {
        return crashes;
    }

    /** Whether its last preparation failed. */
    public boolean hasFailed() {
        return outcome.get().flatMap(PreparationOutcome::failure).isPresent();
    }

    /** What the run's owner wants, on disk when this returns. @param inPartition of the runs topic, by which it has an instance */
    public synchronized void accept(Run wanted, int inPartition) throws IOException {
        partition.set(inPartition);
        accept(wanted);
    }

    /** What the run's owner wants, on disk when this returns. */
    public synchronized void accept(Run wanted) throws IOException {
        run.set(wanted);
        Files.deleteIfExists(folder.resolve(WITHDRAWN));
    }

    public synchronized void end(PreparationOutcome ended) throws IOException {
        outcome.set(ended);
    }

    /** The run is to be bound to its datasets before it is prepared. On disk when this returns. */
    public synchronized void unbound(Instant at) throws IOException {
        state.write(UNBOUND, at);
    }

    public synchronized boolean isUnbound() throws IOException {
        return state.read(UNBOUND, Instant.class).isPresent();
    }

    /** The run is bound: what it began with is its own. */
    public synchronized void bound() throws IOException {
        state.delete(UNBOUND);
    }

    /** The run's own copy of its examples. */
    public RunExamples examples() {
        return examples;
    }

    /** The held-out examples, once they are known. */
    public Path exam() {
        return folder.resolve("exam.jsonl");
    }

    /** The run is not wanted, and never will be. */
    public synchronized void withdraw(Instant at) throws IOException {
        if (run.get().isPresent()) {
            accept(run.get().get().cancelled(at));
            state.write(WITHDRAWN, at);
        }
    }

    /** When the run was withdrawn; empty where it was not. */
    public synchronized Optional<Instant> withdrawnAt() throws IOException {
        return state.read(WITHDRAWN, Instant.class);
    }

    /** When the last checkpoint that the run will have was written; empty where more may come, as of one that was resumed. */
    public Optional<Instant> finishedAt() throws IOException {
        return exams.finishedAt().filter(at -> !isResumedSince(at));
    }

    private boolean isResumedSince(Instant ended) {
        return run.get().filter(known -> known.timesResumed() > 0 && known.requestedAt().isAfter(ended)).isPresent();
    }

    /** When the run's batches were deleted; empty where they were not. */
    public synchronized Optional<Instant> batchesDeletedAt() throws IOException {
        return state.read(BATCHES_DELETED, Instant.class);
    }

    /**
     * Deletes the run's batches and what they were made from as they came.
     *
     * @param topic deletes their topic
     */
    public synchronized void deleteBatches(Instant at, Runnable topic) throws IOException {
        state.write(BATCHES_DELETED, at); // before anything is gone: what is half deleted is not to be gone on with
        topic.run();
        DurableFiles.deleteTree(stream());
    }

    /** Where a stream run's state lies. */
    public Path stream() {
        return folder.resolve("stream");
    }

    /** Whether the run's examples have no end. */
    public boolean isStream() {
        return run.get().map(known -> known.specification().data().source()).equals(Optional.of(Source.STREAM));
    }

    /**
     * The questions for a checkpoint. A stream's exam grows; a checkpoint keeps the one that there was when this was first
     * asked, so that a crash changes nothing.
     */
    public synchronized Path exam(Checkpoint checkpoint) throws IOException {
        return isStream() ? exams.own(checkpoint, exam()) : exam();
    }

    /** The checkpoints that are to sit the exam, and those that have. */
    public ExamList exams() {
        return exams;
    }
}
