package dev.apprentice.dataset.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A run's checkpoints that still have to sit the exam, and those that have done so, on disk. */
public final class ExamList {

    /** How long to wait for the lock, which is held while a small file is written. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String BESIDE = ".beside.json";

    private final Path folder;
    private final StateFolder state;
    private final Path lock;

    /** @param lock that instances hold while they change the list */
    ExamList(Path folder, Path lock) {
        this.folder = folder;
        this.lock = lock;
        this.state = new StateFolder(folder);
    }

    /**
     * Adds a checkpoint to the waiting ones, unless it has sat the exam. While another instance holds the list, the checkpoint
     * goes into a file beside it. On disk when this returns.
     *
     * @return whether the checkpoint still has to sit the exam
     */
    public synchronized boolean enlist(Checkpoint checkpoint) throws IOException {
        try (SharedLock held = locked()) {
            return add(checkpoint);
        } catch (HeldElsewhereException e) {
            state.write(checkpoint.step() + "." + UUID.randomUUID() + BESIDE, checkpoint);
            return true;
        }
    }

    private boolean add(Checkpoint checkpoint) throws IOException {
        if (isSame(state.read(done(checkpoint), Checkpoint.class), checkpoint)) {
            return false;
        }
        state.write(waiting(checkpoint), checkpoint);
        return true;
    }

    /**
     * Adds the checkpoints whose files lie beside the list.
     *
     * @throws HeldElsewhereException while another instance holds the list, since an examined checkpoint could not be taken off
     *     it
     */
    public synchronized void takeIn() throws IOException {
        try (SharedLock held = locked()) {
            for (Path file : files(ExamList::isBeside)) {
                Optional<Checkpoint> checkpoint = read(file);
                if (checkpoint.isPresent()) {
                    add(checkpoint.get());
                }
                Files.deleteIfExists(file);
            }
        }
    }

    /** Tells whether no checkpoint has to sit the exam. */
    public synchronized boolean isEmpty() throws IOException {
        return files(file -> isWaiting(file) || isBeside(file)).isEmpty();
    }

    private List<Path> files(Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(which).toList();
        }
    }

    private static boolean isBeside(Path file) {
        return file.toString().endsWith(BESIDE);
    }

    private SharedLock locked() throws IOException {
        return SharedLock.lock(lock, PATIENCE).orElseThrow(() -> new HeldElsewhereException("another dataset-service has held " + folder
                + " for more than " + PATIENCE.toSeconds() + " s; check whether it hangs, and end it if it does"));
    }

    /** Returns the checkpoints that still have to sit the exam, by step. */
    public synchronized List<Checkpoint> enlisted() throws IOException {
        List<Checkpoint> waiting = new ArrayList<>();
        for (Path file : files(ExamList::isWaiting)) {
            read(file).ifPresent(waiting::add);
        }
        waiting.sort((one, other) -> Integer.compare(one.step(), other.step()));
        return waiting;
    }

    /** Marks a checkpoint as examined; another one of the same step that came meanwhile stays on the list. */
    public synchronized void strike(Checkpoint examined) throws IOException {
        try (SharedLock held = locked()) {
            state.write(done(examined), examined);
            if (isSame(state.read(waiting(examined), Checkpoint.class), examined)) {
                state.delete(waiting(examined));
                Files.deleteIfExists(ownExam(examined));
            }
        }
    }

    /** Returns when the run's last checkpoint was written; empty while more may come. */
    public synchronized Optional<Instant> finishedAt() throws IOException {
        Optional<Instant> finished = Optional.empty();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
                Optional<Instant> last = read(file).filter(Checkpoint::last).map(Checkpoint::createdAt);
                finished = Stream.concat(finished.stream(), last.stream()).max(Comparator.naturalOrder());
            }
        }
        return finished;
    }

    /** Returns the questions for one checkpoint of a growing exam: a copy made at the first call. */
    synchronized Path own(Checkpoint checkpoint, Path exam) throws IOException {
        Path own = ownExam(checkpoint);
        if (!Files.exists(own)) {
            DurableFiles.keepAlso(exam, own);
        }
        return own;
    }

    /** Tells whether both give equal prompts; an announcement that is repeated after a crash may differ in its time. */
    private static boolean isSame(Optional<Checkpoint> one, Checkpoint other) {
        return one.filter(checkpoint -> checkpoint.uri().equals(other.uri()) && checkpoint.digest().equals(other.digest()))
                .isPresent();
    }

    private Path ownExam(Checkpoint checkpoint) {
        return folder.resolve(checkpoint.step() + ".exam.jsonl");
    }

    private static String waiting(Checkpoint checkpoint) {
        return checkpoint.step() + ".json";
    }

    private static String done(Checkpoint checkpoint) {
        return checkpoint.step() + ".done.json";
    }

    private Optional<Checkpoint> read(Path file) throws IOException {
        return state.read(file.getFileName().toString(), Checkpoint.class);
    }

    private static boolean isWaiting(Path file) {
        return file.getFileName().toString().matches("\\d+\\.json");
    }
}
