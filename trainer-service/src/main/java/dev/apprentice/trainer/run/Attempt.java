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
 * Work that may end the whole process: a model that is too large for the machine, or that native code cannot bear. A file in
 * the run's folder says how often, and after which step, the process ended in it, so a run that ends the service again and
 * again is not tried at every start.
 *
 * <p>What a run does to the process it does at one point of its training, or without ever getting further. Kills from outside
 * come at any point, so those of a healthy run are not held against it.
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
     * Begins the work. The file is durably there on return.
     *
     * @param runFolder the run's own folder; made if need be
     * @param work a short name, part of the file's name
     * @throws FatalRunException if the service died in this work more often than is allowed
     * @throws IOException if the disk does not take the file
     */
    public static Attempt begin(Path runFolder, String work) throws IOException {
        Path file = runFolder.resolve(work + ".attempts");
        Deaths before = read(file);
        if (before.areTheRunsFault()) {
            Files.delete(file); // resumed, the run is tried anew
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

    /** This step is done. Outlives the process, not the machine: it is said after every step. */
    public void reached(int step) {
        ifItDiesNow = before.andOneAfter(step);
        write(ifItDiesNow);
    }

    /** The service has lived through it, or waits, which does no harm. May be called again, and more work may follow. */
    @Override
    public void close() {
        if (before.step() == Deaths.NO_STEP || ifItDiesNow.isFurtherThan(before)) {
            delete();
        } else {
            write(before); // it may still die where it did before
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
