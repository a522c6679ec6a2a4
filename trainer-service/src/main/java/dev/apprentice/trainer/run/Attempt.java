package dev.apprentice.trainer.run;

import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.logging.Logger;

/**
 * Work that may end the whole process, because a model is too large for the machine or crashes native code. A file in the run's
 * folder counts how often, and after which step, the process ended during the work. A run that ends the service repeatedly is
 * therefore not tried at every start.
 *
 * <p>A run that ends the process does so at one point of its training, or never gets further. Kills from outside come at any
 * point, so they do not count against a healthy run.
 */
public final class Attempt implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Attempt.class);

    private final Path file;
    private final Deaths before;
    private Deaths ifItDiesNow;

    private Attempt(Path file, Deaths before) {
        this.file = file;
        this.before = before;
        this.ifItDiesNow = before.andOneAfter(Deaths.NO_STEP);
    }

    /**
     * Begins the work. On return, the file is durable.
     *
     * @param runFolder the run's own folder; created if absent
     * @param work a short name, part of the file's name
     * @throws FatalRunException if the service died in this work more often than is allowed
     * @throws IOException if the disk does not take the file
     */
    public static Attempt begin(Path runFolder, String work) throws IOException {
        Path file = runFolder.resolve(work + ".attempts");
        Deaths before = read(file);
        if (before.areTheRunsFault()) {
            Files.delete(file); // so that it is tried anew when it is resumed
            throw new FatalRunException(before);
        }
        Attempt attempt = new Attempt(file, before);
        DurableFiles.write(file, attempt.ifItDiesNow.text());
        return attempt;
    }

    private static Deaths read(Path file) throws IOException {
        try {
            return Deaths.read(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Deaths.NONE;
        }
    }

    /**
     * Records that this step is done. The record survives the end of the process, but not of the machine: it is written after
     * every step, without a sync.
     */
    public void reached(int step) {
        ifItDiesNow = before.andOneAfter(step);
        write(ifItDiesNow);
    }

    /** Ends the work, or notes that it waits, which cannot harm the process. Idempotent, and more work may follow. */
    @Override
    public void close() {
        if (before.step() == Deaths.NO_STEP || ifItDiesNow.isFurtherThan(before)) {
            delete();
        } else {
            write(before); // it has not yet passed the step after which it died before
        }
    }

    private void write(Deaths deaths) {
        try {
            Path written = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(written, deaths.text());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debugf(e, "%s cannot be written; if the service ends now, that is counted for an earlier step", file);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf(e, "%s cannot be removed; if the service is killed now, that counts against the run", file);
        }
    }
}
