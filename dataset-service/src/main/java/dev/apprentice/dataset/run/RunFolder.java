package dev.apprentice.dataset.run;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.DataSource.Source;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Run.DesiredState;
import dev.apprentice.dataset.example.Fingerprint;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this service keeps of one run.
 *
 * <pre>
 * run.json                        the run as its owner last wanted it: a {@link Run}
 * examples.jsonl                  what the dataset held when the run was first seen
 * exam.jsonl                      the examples that are held out
 * outcome.json                    how the preparation ended: an {@link Outcome}
 * training-failed.json            when the trainer gave the run up, if it did
 * withdrawn.json                  when the run was withdrawn, if it was
 * batches-deleted.json            when its batches were deleted, if they were
 * stream/                         what a stream run knows, and where it stands
 * checkpoints/[step].json         a {@link Checkpoint} whose prompts are still to be published
 * checkpoints/[step].done.json    one whose prompts are
 * checkpoints/[step].exam.jsonl   of a stream, the questions for that one
 * </pre>
 */
public final class RunFolder {

    private static final String TRAINING_FAILED = "training-failed.json";
    private static final String WITHDRAWN = "withdrawn.json";
    private static final String BATCHES_DELETED = "batches-deleted.json";

    private final String name;
    private final Path folder;
    private volatile Optional<Run> run;
    private volatile Optional<Outcome> outcome;
    private volatile Optional<Instant> trainingFailed;

    private RunFolder(Path folder) throws IOException {
        this.name = folder.getFileName().toString();
        this.folder = folder;
        this.run = read("run.json", Run.class);
        this.outcome = read("outcome.json", Outcome.class);
        this.trainingFailed = read(TRAINING_FAILED, Instant.class);
    }

    static RunFolder open(Path folder) throws IOException {
        DurableFiles.createFolder(folder.resolve("checkpoints"));
        return new RunFolder(folder);
    }

    public String name() {
        return name;
    }

    /** The run; empty where only a checkpoint of it has been seen. */
    public Optional<Run> run() {
        return run;
    }

    /** Whether the run's owner wants it to go on. */
    public boolean isWanted() {
        return run.map(Run::desired).equals(Optional.of(DesiredState.RUN));
    }

    /** Whether there is work left to prepare it, and somebody to do it for. */
    public boolean isUnprepared() {
        return isWanted() && !outcome.map(Outcome::requestedAt).equals(run.map(Run::requestedAt)) && !isTrainingOver();
    }

    /** What was asked for after the trainer gave the run up, it has not given up. */
    private boolean isTrainingOver() {
        return trainingFailed.filter(at -> !run.orElseThrow().requestedAt().isAfter(at)).isPresent();
    }

    /** The trainer learns nothing more of this run, unless it is asked for again. On disk when this returns. */
    public synchronized void trainingFailed(Instant at) throws IOException {
        write(TRAINING_FAILED, at);
        trainingFailed = Optional.of(at);
    }

    /** Whether its last preparation failed. */
    public boolean hasFailed() {
        return outcome.flatMap(Outcome::failure).isPresent();
    }

    /** What the run's owner wants, on disk when this returns. */
    public synchronized void accept(Run wanted) throws IOException {
        write("run.json", wanted);
        Files.deleteIfExists(folder.resolve(WITHDRAWN));
        run = Optional.of(wanted);
    }

    public synchronized void end(Outcome ended) throws IOException {
        write("outcome.json", ended);
        outcome = Optional.of(ended);
    }

    /** The run's own copy of its examples. */
    public Path examples() {
        return folder.resolve("examples.jsonl");
    }

    /** {@code sha256:} and the hexadecimal digest of those examples: the dataset's, as it was when the run was first seen. */
    public String examplesDigest() throws IOException {
        try (DigestInputStream examples = new DigestInputStream(Files.newInputStream(examples()), Fingerprint.sha256())) {
            examples.transferTo(OutputStream.nullOutputStream());
            return "sha256:" + HexFormat.of().formatHex(examples.getMessageDigest().digest());
        }
    }

    /** The held-out examples, once they are known. */
    public Path exam() {
        return folder.resolve("exam.jsonl");
    }

    /** Nobody wants the run, or will again. */
    public synchronized void withdraw(Instant at) throws IOException {
        if (run.isPresent()) {
            accept(run.get().cancelled(at));
            write(WITHDRAWN, at);
        }
    }

    /** When the run was withdrawn; empty where it was not. */
    public synchronized Optional<Instant> withdrawnAt() throws IOException {
        return read(WITHDRAWN, Instant.class);
    }

    /** When the last checkpoint that the run will have was written; empty where more may come. */
    public synchronized Optional<Instant> finishedAt() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
                Checkpoint checkpoint = Json.MAPPER.readValue(file.toFile(), Checkpoint.class);
                if (checkpoint.last()) {
                    return Optional.of(checkpoint.createdAt());
                }
            }
        }
        return Optional.empty();
    }

    /** When the run's batches were deleted; empty where they were not. */
    public synchronized Optional<Instant> batchesDeletedAt() throws IOException {
        return read(BATCHES_DELETED, Instant.class);
    }

    /**
     * Deletes the run's batches and what they were made from as they came.
     *
     * @param topic deletes their topic
     */
    public synchronized void deleteBatches(Instant at, Runnable topic) throws IOException {
        write(BATCHES_DELETED, at); // before anything is gone: what is half deleted is not to be gone on with
        topic.run();
        DurableFiles.deleteTree(stream());
    }

    /** Where a stream run's state lies. */
    public Path stream() {
        return folder.resolve("stream");
    }

    /** Whether the run's examples have no end. */
    public boolean isStream() {
        return run.map(known -> known.specification().data().source()).equals(Optional.of(Source.STREAM));
    }

    /**
     * The questions for a checkpoint. A stream's exam grows; a checkpoint keeps the one that there was when this was first
     * asked, so that a crash changes nothing.
     */
    public synchronized Path exam(Checkpoint checkpoint) throws IOException {
        if (!isStream()) {
            return exam();
        }
        Path own = ownExam(checkpoint);
        if (!Files.exists(own)) {
            DurableFiles.keepAlso(exam(), own);
        }
        return own;
    }

    private Path ownExam(Checkpoint checkpoint) {
        return folder.resolve("checkpoints/" + checkpoint.step() + ".exam.jsonl");
    }

    /**
     * Puts a checkpoint on the list of those that are to sit the exam, unless it has. On disk when this returns.
     *
     * @return whether it is on the list now
     */
    public synchronized boolean enlist(Checkpoint checkpoint) throws IOException {
        if (isSame(read(done(checkpoint), Checkpoint.class), checkpoint)) {
            return false;
        }
        write(waiting(checkpoint), checkpoint);
        return true;
    }

    /** The checkpoints that are to sit the exam, by step. */
    public synchronized List<Checkpoint> enlisted() throws IOException {
        List<Checkpoint> waiting = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            for (Path file : files.filter(RunFolder::isWaiting).toList()) {
                waiting.add(Json.MAPPER.readValue(file.toFile(), Checkpoint.class));
            }
        }
        waiting.sort((one, other) -> Integer.compare(one.step(), other.step()));
        return waiting;
    }

    /** Takes a checkpoint off the list; one of the same step that has come meanwhile stays on it. */
    public synchronized void strike(Checkpoint examined) throws IOException {
        write(done(examined), examined);
        if (isSame(read(waiting(examined), Checkpoint.class), examined)) {
            Files.delete(folder.resolve(waiting(examined)));
            Files.deleteIfExists(ownExam(examined));
        }
    }

    /** Whether the two give the same prompts: an announcement that is repeated after a crash may differ in its time. */
    private static boolean isSame(Optional<Checkpoint> one, Checkpoint other) {
        return one.filter(checkpoint -> checkpoint.uri().equals(other.uri()) && checkpoint.digest().equals(other.digest()))
                .isPresent();
    }

    private static String waiting(Checkpoint checkpoint) {
        return "checkpoints/" + checkpoint.step() + ".json";
    }

    private static String done(Checkpoint checkpoint) {
        return "checkpoints/" + checkpoint.step() + ".done.json";
    }

    private static boolean isWaiting(Path file) {
        return file.getFileName().toString().matches("\\d+\\.json");
    }

    private <T> Optional<T> read(String file, Class<T> type) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Optional.of(Json.MAPPER.readValue(path.toFile(), type)) : Optional.empty();
    }

    private void write(String file, Object content) throws IOException {
        DurableFiles.write(folder.resolve(file), Json.MAPPER.writeValueAsBytes(content));
    }
}
