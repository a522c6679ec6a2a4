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

    /** All complete ones. */
    static List<StepFolder> newestFirst(Path checkpoints) throws IOException {
        return DurableFiles.children(checkpoints).stream()
                .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                .map(StepFolder::new)
                .sorted(Comparator.comparingInt((StepFolder checkpoint) -> checkpoint.step()).reversed())
                .toList();
    }

    /** Of which step a folder of this name is. */
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

    /** Whether it was not set aside. */
    boolean isInUse() {
        return Files.exists(trainer());
    }

    /** Whether its optimizer state is kept, as far as is known. */
    boolean canBeResumed() {
        return Files.exists(optimizerState()) || !Files.exists(StateFile.in(path));
    }

    /** What it holds where every file is as it was written; empty, and set aside, where one is not. @param damaged hears of that */
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

    /** Has training not use it any more. Returns what was done, in a sentence. */
    String setAside(DamagedCheckpointException why) throws IOException {
        Path aside = path.resolve("trainer.damaged");
        DurableFiles.deleteTree(aside);
        Files.move(trainer(), aside, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(path);
        String done = "the checkpoint of step " + step() + " is damaged (" + why.getMessage() + ") and is set aside in " + aside;
        LOG.warn(done);
        return done;
    }

    /** Removes it. Under its own name it is there in full or not at all, whenever the power goes. */
    void delete() throws IOException {
        Path going = DurableFiles.temporaryFor(path);
        Files.move(path, going, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.deleteTree(going);
    }
}
