package dev.apprentice.dataset.download;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.download.DownloadException.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches datasets from addresses. */
@ApplicationScoped
public class Downloads {

    /** Takes the bytes of a dataset that has been fetched. */
    @FunctionalInterface
    public interface Receiver<T> {

        T receive(InputStream bytes) throws IOException;
    }

    private final DatasetSettings settings;
    private final HttpClient http;

    Downloads(DatasetSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.download().connectTimeout())
                .followRedirects(Redirect.NORMAL)
                .build();
    }

    /**
     * Fetches what lies at an address and hands it on. The whole of it has arrived by then, so that a server that
     * stalls stalls nobody else.
     *
     * @param address http or https; file where the configuration allows it
     * @throws DownloadException if it cannot be had
     * @throws TooLargeException if it is larger than may be taken in
     * @throws IOException if the disk fails
     */
    public <T> T fetch(String address, Receiver<T> receiver) throws IOException {
        URI uri = uri(address);
        if (uri.getScheme().equalsIgnoreCase("file")) {
            return read(uri, receiver);
        }
        Path temporary = Files.createTempFile("apprentice-download", ".json");
        try {
            download(uri, temporary);
            try (InputStream bytes = Files.newInputStream(temporary)) {
                return receiver.receive(bytes);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private URI uri(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new DownloadException(Fault.ADDRESS, "'" + address + "' is no address: " + e.getReason() + ".", e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (scheme.equals("file") && !settings.download().allowFiles()) {
            throw new DownloadException(Fault.ADDRESS, "'" + address + "' is a file of the server's, which are not read;"
                    + " send the data itself, or set apprentice.dataset.download.allow-files=true there.");
        }
        boolean web = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
        if (!web && !scheme.equals("file")) {
            throw new DownloadException(
                    Fault.ADDRESS, "'" + address + "' cannot be fetched; use an address that starts with http:// or https://.");
        }
        return uri;
    }

    private <T> T read(URI uri, Receiver<T> receiver) throws IOException {
        Path file;
        try {
            file = Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new DownloadException(Fault.ADDRESS, "'" + uri + "' names no file: " + e.getMessage() + ".", e);
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new DownloadException(Fault.ADDRESS, "'" + uri + "' cannot be read by dataset-service.");
        }
        try (InputStream bytes = new LimitedInputStream(Files.newInputStream(file), settings.maxSize().asLongValue())) {
            return receiver.receive(bytes);
        }
    }

    private void download(URI uri, Path into) throws IOException {
        Duration timeout = settings.download().timeout();
        long limit = settings.maxSize().asLongValue();
        HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "application/json, */*").build();
        CompletableFuture<HttpResponse<Path>> response =
                http.sendAsync(request, info -> new LimitedBody<>(BodyHandlers.ofFile(into).apply(info), limit));
        try {
            int status = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new DownloadException(
                        Fault.SERVER, "'" + uri + "' answers with status " + status + "; check the address.");
            }
        } catch (ExecutionException e) {
            throw failure(uri, e.getCause());
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new DownloadException(Fault.TIMEOUT, "'" + uri + "' was not there within " + timeout.toSeconds()
                    + " s; try again, or set apprentice.dataset.download.timeout.", e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new DownloadException(Fault.SERVER, "'" + uri + "' was not fetched: the service is ending.", e);
        }
    }

    private static IOException failure(URI uri, Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof TooLargeException tooLarge) {
                return tooLarge;
            }
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        throw new DownloadException(
                Fault.SERVER, "'" + uri + "' cannot be fetched: " + reason + "; check the address and the server.", cause);
    }
}
