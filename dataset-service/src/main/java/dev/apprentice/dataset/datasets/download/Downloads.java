package dev.apprentice.dataset.datasets.download;

import dev.apprentice.contracts.Causes;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.DownloadException.Fault;
import dev.apprentice.dataset.datasets.download.PublicAddresses.NotPublicException;
import dev.apprentice.model.hub.DatasetLocation;
import dev.apprentice.model.hub.HubSettings;
import dev.apprentice.service.storage.StorageUri;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jboss.logging.Logger;

/** Fetches datasets from addresses. */
@ApplicationScoped
public class Downloads {

    private static final Logger LOG = Logger.getLogger(Downloads.class);
    private static final int OK = 200;

    /** Receives a dataset that has been fetched. */
    @FunctionalInterface
    public interface Receiver<T> {

        T receive(Incoming data) throws IOException;
    }

    private final DatasetSettings settings;
    private final CloseableHttpClient http;
    private final Supplier<HubSettings> hub;
    private final StoredData stored;
    private final Alarm alarm = new Alarm("download-timeout");

    @Inject
    Downloads(DatasetSettings settings, StoredData stored) {
        this(settings, stored, new PublicAddresses(
                SystemDefaultDnsResolver.INSTANCE,
                address -> settings.download().allowPrivateAddresses() || PublicAddresses.isPublic(address)),
                () -> HubSettings.fromEnvironment(System.getenv()));
    }

    /** @param hub read for each download, since the environment may hold invalid settings */
    Downloads(DatasetSettings settings, StoredData stored, PublicAddresses addresses, Supplier<HubSettings> hub) {
        this.hub = hub;
        this.stored = stored;
        this.settings = settings;
        this.http = WebClient.of(addresses, settings.download().connectTimeout());
    }

    @PreDestroy
    void close() throws IOException {
        alarm.close();
        http.close();
    }

    /**
     * Fetches data from an address and passes it on once all of it has arrived, so a stalling server holds up nothing else.
     *
     * @param address http or https; hf for a dataset on the Hugging Face hub; s3 for one in an object store; file if the
     *     configuration allows it
     * @param name the file's name; empty for the name in the address
     * @throws DownloadException if it cannot be fetched
     * @throws TooLargeException if it is larger than allowed
     * @throws IOException if the disk fails
     */
    public <T> T fetch(String address, String name, Receiver<T> receiver) throws IOException {
        if (DatasetLocation.is(address)) {
            List<Path> files = HubFiles.fetch(address, hub.get(), settings.maxSize().asLongValue());
            return receiver.receive(Incoming.of(files.get(0).getParent(), files));
        }
        if (StorageUri.isOne(address)) {
            return stored.fetch(address, receiver);
        }
        URI uri = uri(address);
        String shown = WebAddress.shown(address);
        String file = name.isEmpty() ? shown.substring(shown.lastIndexOf('/') + 1) : name;
        if (uri.getScheme().equalsIgnoreCase("file")) {
            return read(uri, file, receiver);
        }
        Path temporary = Files.createTempFile("apprentice-download", ".json");
        try {
            download(uri, temporary);
            try (InputStream bytes = Files.newInputStream(temporary)) {
                return receiver.receive(Incoming.of(bytes, file));
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private URI uri(String address) {
        URI uri = WebAddress.parse(address);
        String shown = WebAddress.shown(address);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (scheme.equals("file") && !settings.download().allowFiles()) {
            throw new DownloadException(Fault.ADDRESS, "'" + shown + "' is a file on the server, which is not read; send the data itself,"
                    + " or set apprentice.dataset.download.allow-files=true there.");
        }
        boolean web = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
        if (!web && !scheme.equals("file")) {
            throw new DownloadException(
                    Fault.ADDRESS, "'" + shown + "' cannot be fetched; use an address that starts with http://, https://, hf: or s3://.");
        }
        return uri;
    }

    private <T> T read(URI uri, String name, Receiver<T> receiver) throws IOException {
        Path file;
        try {
            file = Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new DownloadException(Fault.ADDRESS, "'" + uri + "' names no file: " + e.getMessage() + ".", e);
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new DownloadException(Fault.ADDRESS, "'" + uri + "' cannot be read by dataset-service.");
        }
        try (InputStream bytes = TooLargeException.beyond(settings.maxSize().asLongValue(), Files.newInputStream(file))) {
            return receiver.receive(Incoming.of(bytes, name));
        }
    }

    private void download(URI uri, Path into) throws IOException {
        String shown = WebAddress.shown(uri.toString());
        Duration timeout = settings.download().timeout();
        HttpGet request = new HttpGet(uri);
        request.setHeader("Accept", "application/json, */*");
        try (Alarm.Set ringing = alarm.in(timeout, request::cancel)) {
            http.execute(request, response -> {
                keep(response, shown, into);
                return null;
            });
        } catch (TooLargeException e) {
            throw e;
        } catch (IOException e) {
            if (Causes.include(NotPublicException.class, e)) { // without a proxy it is the cause of the client's own exception
                throw new DownloadException(Fault.ADDRESS, "'" + shown + "' is not fetched, because it leads to an address that is not"
                        + " public; send the data itself, or set apprentice.dataset.download.allow-private-addresses=true there.", e);
            }
            if (request.isCancelled()) {
                throw new DownloadException(Fault.TIMEOUT, "'" + shown + "' did not arrive within " + timeout.toSeconds()
                        + " s; try again, or set apprentice.dataset.download.timeout.", e);
            }
            LOG.infof("%s cannot be fetched: %s", shown, e); // the caller must not learn which services listen where
            throw new DownloadException(
                    Fault.SERVER, "'" + shown + "' cannot be fetched; check the address and the server.", e);
        }
    }

    private void keep(ClassicHttpResponse response, String shown, Path into) throws IOException {
        if (response.getCode() != OK) {
            throw new DownloadException(
                    Fault.SERVER, "'" + shown + "' answers with status " + response.getCode() + "; check the address.");
        }
        try (InputStream body = TooLargeException.beyond(settings.maxSize().asLongValue(), response.getEntity().getContent())) {
            Files.copy(body, into, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
