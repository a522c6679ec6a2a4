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
 * What this service keeps of one run on disk.
 *
 * <pre>
 * run.json                        the run as its owner last requested it: a {@link Run}
 * partition.json                  its partition of the runs topic
 * unbound.json                    since when the run waits to be bound to its datasets, if it does
 * examples.jsonl, dataset.json …  its examples: {@link RunExamples}
 * exam.jsonl                      the test examples
 * crashes.json                    how often this process ended during risky work for the run
 * outcome.json                    how the preparation ended: a {@link PreparationOutcome}
 * training-failed.json            when the trainer gave the run up, if it did
 * withdrawn.json                  when the run was withdrawn, if it was
 * batches-deleted.json            when its batches were deleted, if they were
 * stream/                         the state of a stream run
 * checkpoints/[step].json         a {@link Checkpoint} whose prompts are not published yet
 * checkpoints/[step].done.json    a checkpoint whose prompts are published
 * checkpoints/[step].[uuid].beside.json  a checkpoint that came while another instance held the list
 * checkpoints/[step].exam.jsonl   the questions for that checkpoint of a stream run
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

    /** Names the lock files for what only one instance at a time may do with a run. */
    @FunctionalInterface
    interface RunLocks {

        Path of(String kind);
    }

    public String name() {
        return name;
    }

    /** Returns the run; empty if only a checkpoint of it has been seen. */
    public Optional<Run> run() {
        return run.get();
    }

    /** Reads again at once what other instances may have written. */
    public void lookAgain() throws IOException {
        run.lookAgain();
        partition.lookAgain();
        outcome.lookAgain();
        trainingFailed.lookAgain();
    }

    /**
     * Tells whether this instance owns the run's partition of the runs topic. A run from an earlier version has no partition on
     * record; it belongs to the instance that gets its lock.
     */
    public boolean isOurs() {
        return partition.get().map(known -> assignment.isOurs(Topics.RUNS.name(), known)).orElse(true);
    }

    /** Tells whether this instance has to prepare the run. */
    public boolean isOursToPrepare() {
        return isOurs() && isUnprepared();
    }

    /**
     * Locks the run for its preparation, or for any other change to what was prepared; empty while another instance holds the
     * lock. If the previous holder's process ended during risky work, that counts as a crash of the run.
     */
    public Optional<SharedLock> lock() throws IOException {
        Optional<SharedLock> lock = SharedLock.tryLock(locks.of("runs"));
        if (lock.isPresent()) {
            lookAgain();
            crashes.takeOver();
        }
        return lock;
    }

    /** Locks the run's exams; empty while another instance publishes prompts of the run. */
    public Optional<SharedLock> lockExams() throws IOException {
        return SharedLock.tryLock(locks.of("exams"));
    }

    /** Tells whether the run's owner wants it to go on. */
    public boolean isWanted() {
        return run.get().map(Run::desired).equals(Optional.of(DesiredState.RUN));
    }

    /** Tells whether the run is wanted and its newest request is not prepared yet. */
    public boolean isUnprepared() {
        return isWanted() && !outcome.get().map(PreparationOutcome::requestedAt).equals(run.get().map(Run::requestedAt))
                && !isTrainingOver();
    }

    /** Tells whether the trainer gave the run up after its newest request. */
    private boolean isTrainingOver() {
        return trainingFailed.get().filter(at -> !run.get().orElseThrow().requestedAt().isAfter(at)).isPresent();
    }

    /** Records that the trainer gave the run up; a later request asks for it again. On disk when this returns. */
    public synchronized void trainingFailed(Instant at) throws IOException {
        trainingFailed.set(at);
    }

    /** Tells whether the run's description was damaged before its preparation ended, so that the preparation cannot go on. */
    public boolean isLost() {
        return run.get().isEmpty() && outcome.get().isEmpty() && state.isDamaged(RUN);
    }

    /** Returns the counter of crashes, through which risky work for the run goes. */
    public Crashes crashes() {
        return crashes;
    }

    /** Tells whether the last preparation failed. */
    public boolean hasFailed() {
        return outcome.get().flatMap(PreparationOutcome::failure).isPresent();
    }

    /**
     * Stores what the run's owner wants; on disk when this returns.
     *
     * @param inPartition of the runs topic, which decides who owns the run
     */
    public synchronized void accept(Run wanted, int inPartition) throws IOException {
        partition.set(inPartition);
        accept(wanted);
    }

    /** Stores what the run's owner wants; on disk when this returns. */
    public synchronized void accept(Run wanted) throws IOException {
        run.set(wanted);
        Files.deleteIfExists(folder.resolve(WITHDRAWN));
    }

    public synchronized void end(PreparationOutcome ended) throws IOException {
        outcome.set(ended);
    }

    /** Records that the run has to be bound to its datasets before it is prepared. On disk when this returns. */
    public synchronized void unbound(Instant at) throws IOException {
        state.write(UNBOUND, at);
    }

    public synchronized boolean isUnbound() throws IOException {
        return state.read(UNBOUND, Instant.class).isPresent();
    }

    /** Records that the run is bound and has its own copy of its examples. */
    public synchronized void bound() throws IOException {
        state.delete(UNBOUND);
    }

    /** Returns the run's own copy of its examples. */
    public RunExamples examples() {
        return examples;
    }

    /** Returns the file of the test examples, which may not exist yet. */
    public Path exam() {
        return folder.resolve("exam.jsonl");
    }

    /** Records that the run is cancelled for good. */
    public synchronized void withdraw(Instant at) throws IOException {
        if (run.get().isPresent()) {
            accept(run.get().get().cancelled(at));
            state.write(WITHDRAWN, at);
        }
    }

    /** Returns when the run was withdrawn; empty if it was not. */
    public synchronized Optional<Instant> withdrawnAt() throws IOException {
        return state.read(WITHDRAWN, Instant.class);
    }

    /** Returns when the run's last checkpoint was written; empty while more may come, such as after a resumption. */
    public Optional<Instant> finishedAt() throws IOException {
        return exams.finishedAt().filter(at -> !isResumedSince(at));
    }

    private boolean isResumedSince(Instant ended) {
        return run.get().filter(known -> known.timesResumed() > 0 && known.requestedAt().isAfter(ended)).isPresent();
    }

    /** Returns when the run's batches were deleted; empty if they were not. */
    public synchronized Optional<Instant> batchesDeletedAt() throws IOException {
        return state.read(BATCHES_DELETED, Instant.class);
    }

    /**
     * Deletes the run's batches and a stream run's state.
     *
     * @param topic deletes their topic
     */
    public synchronized void deleteBatches(Instant at, Runnable topic) throws IOException {
        state.write(BATCHES_DELETED, at); // before anything is deleted, so that nothing goes on with a half-deleted run
        topic.run();
        DurableFiles.deleteTree(stream());
    }

    /** Returns the folder of a stream run's state. */
    public Path stream() {
        return folder.resolve("stream");
    }

    /** Tells whether this is a stream run. */
    public boolean isStream() {
        return run.get().map(known -> known.specification().data().source()).equals(Optional.of(Source.STREAM));
    }

    /**
     * Returns the file of the questions for a checkpoint. A stream's exam grows, so a checkpoint keeps a copy made at the first
     * call and a crash changes nothing.
     */
    public synchronized Path exam(Checkpoint checkpoint) throws IOException {
        return isStream() ? exams.own(checkpoint, exam()) : exam();
    }

    /** Returns the list of checkpoints that still have to sit the exam, and those that have done so. */
    public ExamList exams() {
        return exams;
    }
}
