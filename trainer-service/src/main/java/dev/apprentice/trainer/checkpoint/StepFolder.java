package dev.apprentice.trainer.checkpoint;

import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The folder of one checkpoint on disk; see {@link LocalCheckpoints}. @param path such as {@code checkpoints/step-000116} */
record StepFolder(Path path) {

    private static final Logger LOG = Logger.getLogger(StepFolder.class);
    private static final Pattern NAME = Pattern.compile("step-\\d{6,}");

    static StepFolder of(Path checkpoints, int step) {
        return new StepFolder(checkpoints.resolve(String.format("step-%06d", step)));
    }

    /** Returns the folders of all complete checkpoints, newest first. */
    static List<StepFolder> newestFirst(Path checkpoints) throws IOException {
        return DurableFiles.children(checkpoints).stream()
                .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                .map(StepFolder::new)
                .sorted(Comparator.comparingInt((StepFolder checkpoint) -> checkpoint.step()).reversed())
                .toList();
    }

    /** Returns the step in a folder's name. */
    static int step(String name) {
        return Integer.parseInt(name.substring("step-".length()));
    }

    int step() {
        return step(name());
    }

    String name() {
        return path.getFileName().toString();
    }

    private Path trainer() {
        return path.resolve("trainer");
    }

    Path optimizerState() {
        return trainer().resolve("optimizer.safetensors");
    }

    /** Tells whether the checkpoint is not set aside. */
    boolean isInUse() {
        return Files.exists(trainer());
    }

    /** Tells whether training may resume from it. One without its state file counts, so that it is found to be damaged. */
    boolean canBeResumed() {
        return Files.exists(optimizerState()) || !Files.exists(StateFile.in(path));
    }

    /**
     * Returns the state if every file is as it was written. Otherwise sets the checkpoint aside and returns empty.
     *
     * @param damaged receives a sentence about a damaged checkpoint
     */
    Optional<StateFile> intact(Consumer<String> damaged) throws IOException {
        if (!isInUse()) {
            return Optional.empty();
        }
        try {
            StateFile file = StateFile.read(path);
            file.requireIntact(path);
            return Optional.of(file);
        } catch (DamagedCheckpointException e) {
            damaged.accept(setAside(e));
            return Optional.empty();
        }
    }

    /** Sets the checkpoint aside, so training no longer uses it. Returns a sentence that says so. */
    String setAside(DamagedCheckpointException why) throws IOException {
        Path aside = path.resolve("trainer.damaged");
        DurableFiles.deleteTree(aside);
        Files.move(trainer(), aside, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(path);
        String done = "the checkpoint of step " + step() + " is damaged (" + why.getMessage() + ") and was moved to " + aside;
        LOG.warn(done);
        return done;
    }

    /** Deletes the checkpoint. Even after a power failure, the folder of its name is complete or absent. */
    void delete() throws IOException {
        Path going = DurableFiles.temporaryFor(path);
        Files.move(path, going, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.deleteTree(going);
    }
}
