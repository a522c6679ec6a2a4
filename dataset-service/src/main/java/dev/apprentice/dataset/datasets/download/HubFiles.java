package dev.apprentice.dataset.datasets.download;

import dev.apprentice.dataset.datasets.download.DownloadException.Fault;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.DatasetLocation;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.model.hub.DownloadMessages;
import dev.apprentice.model.hub.HubSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Fetches the files of a dataset on the hub. Stops as soon as the dataset turns out to be too large. */
final class HubFiles implements DownloadListener {

    private static final Logger LOG = Logger.getLogger(HubFiles.class);

    private final long largest;
    private final DownloadMessages messages = new DownloadMessages(LOG::info);
    private final Map<String, Long> sizes = new HashMap<>();

    private HubFiles(long largest) {
        this.largest = largest;
    }

    /**
     * Fetches the files, unless they are cached.
     *
     * @param largest bytes that all files may have together
     * @return the files in their order, at least one
     * @throws DownloadException if they cannot be fetched
     * @throws TooLargeException if they are larger than allowed
     */
    static List<Path> fetch(String location, HubSettings settings, long largest) throws IOException {
        List<Path> files;
        try {
            files = DatasetLocation.fetch(location, settings, new HubFiles(largest));
        } catch (ModelException e) {
            throw new DownloadException(e.getCause() instanceof IOException ? Fault.SERVER : Fault.ADDRESS, e.getMessage() + ".", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        if (size > largest) {
            throw new TooLargeException(largest);
        }
        return files;
    }

    @Override
    public void progress(String file, long bytes, long of) {
        if (sizes.put(file, of) == null && sizes.values().stream().mapToLong(Long::longValue).sum() > largest) {
            throw new UncheckedIOException(new TooLargeException(largest));
        }
        messages.progress(file, bytes, of);
    }

    @Override
    public void waiting(String file) {
        messages.waiting(file);
    }
}
