package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.retry.RetryPolicy;
import dev.apprentice.model.hub.retry.TransientFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Downloads models and datasets from the Hugging Face hub into its cache on this machine. Thread-safe. A proxy is taken from
 * Java's own settings, {@code https.proxyHost} and related ones.
 */
public final class Hub {

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());
    private static final Duration STALL = Duration.ofSeconds(30);

    private final HubSettings settings;
    private final HubCache cache;
    private final HubClient client;
    private final RetryPolicy retries;
    private final Duration stall;

    public Hub(HubSettings settings) {
        this(settings, RetryPolicy.USUAL, STALL);
    }

    Hub(HubSettings settings, RetryPolicy retries, Duration stall) {
        this.settings = settings;
        this.cache = new HubCache(settings.cache());
        this.client = new HubClient(settings, retries, stall);
        this.retries = retries;
        this.stall = stall;
    }

    /**
     * Downloads the files that are not in the cache. If the hub does not answer, returns what was downloaded before.
     *
     * @return the folder with the model's files
     * @throws ModelException if the model does not exist, may not be read, cannot be used here, or cannot be downloaded
     */
    public Path fetch(HubReference reference, DownloadListener listener) {
        return fetch(List.of(reference), ModelFiles.ALL, listener);
    }

    /**
     * Downloads files like {@link #fetch(HubReference, DownloadListener)}, from the first of several revisions that has them.
     *
     * @param references of one repository, at least one
     * @throws ModelException if none has them
     */
    Path fetch(List<HubReference> references, FileChoice choice, DownloadListener listener) {
        HubReference reference = references.get(0);
        try {
            Optional<Path> known = known(references, choice);
            if (known.isPresent() && (reference.isCommit() || settings.offline())) {
                return known.get();
            }
            if (settings.offline()) {
                throw new ModelException(reference + " is not in " + settings.cache()
                        + ", and HF_HUB_OFFLINE forbids downloading it");
            }
            for (HubReference one : references) {
                Optional<Path> folder = fetch(one, known, choice, listener);
                if (folder.isPresent()) {
                    return folder.get();
                }
            }
            throw new ModelException(reference + " has no files that can be used");
        } catch (FileSystemException e) {
            throw new ModelException(reference + " cannot be stored in " + settings.cache() + ": " + e
                    + "; set HF_HOME to a writable folder", e);
        } catch (TransientFailure e) {
            throw new ModelException(reference + " cannot be downloaded now: " + HubErrors.words(e, settings), e);
        } catch (IOException e) {
            throw new ModelException(reference + " cannot be downloaded from " + settings.endpoint() + ": " + reason(e)
                    + "; check the network, the proxy and HF_ENDPOINT, then try again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("the download of " + reference + " was interrupted; the files so far are kept", e);
        }
    }

    private Optional<Path> known(List<HubReference> references, FileChoice choice) throws IOException {
        for (HubReference reference : references) {
            Optional<Path> known = cache.lastSnapshot(reference, choice);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private Optional<Path> fetch(HubReference reference, Optional<Path> known, FileChoice choice, DownloadListener listener)
            throws IOException, InterruptedException {
        HubListing listing;
        try {
            listing = client.listing(reference);
        } catch (IOException e) {
            if (known.isEmpty()) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "using the cached copy of {0} in {1}, because the hub cannot be reached: {2}",
                    reference, known.get(), reason(e));
            return known;
        }
        List<String> wanted = choice.select(reference, listing.files());
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        for (String name : wanted) {
            if (!Files.exists(cache.snapshot(reference, listing.commit()).resolve(name))) {
                fetch(reference, listing.commit(), name, listener);
            }
        }
        cache.remember(reference, listing.commit());
        return Optional.of(cache.snapshot(reference, listing.commit()));
    }

    private void fetch(HubReference reference, String commit, String name, DownloadListener listener)
            throws IOException, InterruptedException {
        HubFile file = client.metadata(reference, commit, name);
        Path blob = cache.blob(file);
        try (CacheLock lock = CacheLock.acquire(cache.lock(file), retries.sleeper(), () -> listener.waiting(name))) {
            if (!Files.exists(blob)) {
                new Download(client, retries, stall, file, blob, listener).run();
            }
            cache.link(file);
        }
    }

    /** Returns the message, or the exception's name, because network exceptions often have no message. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
