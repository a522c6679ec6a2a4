package dev.apprentice.trainer.run;

import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * A stretch of work that may end the whole process: a model that is too large for the machine, or that native code cannot
 * bear. A file in the run's folder counts how often it was begun without an end, so a run that ends the service again and again
 * is not tried at every start.
 *
 * <p>Only the time from loading a model to its first step is such a stretch. A process that is killed later, or while it
 * waits, leaves no file behind, so ordinary kills of a healthy run are not counted.
 */
public final class Attempt implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Attempt.class);

    /** So often may a run end the service before it is not tried any more. */
    private static final int DEATHS_ALLOWED = 1;

    private final Path file;

    private Attempt(Path file) {
        this.file = file;
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
        int deaths = deaths(file);
        if (deaths > DEATHS_ALLOWED) {
            Files.delete(file); // resumed, the run is tried anew
            throw new FatalRunException(deaths);
        }
        DurableFiles.write(file, Integer.toString(deaths + 1).getBytes(StandardCharsets.US_ASCII));
        return new Attempt(file);
    }

    private static int deaths(Path file) throws IOException {
        try {
            return Integer.parseInt(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            return 1; // damaged, but there: an earlier attempt did not end
        }
    }

    /** The service has lived through it. May be called again. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf(e, "%s cannot be removed; if the service is killed now, that counts against the run", file);
        }
    }
}
