package dev.apprentice.dataset.api;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.Downloads;
import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.download.WebAddress;
import dev.apprentice.dataset.datasets.reading.InvalidDatasetException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.Optional;

/** Data in the body of a call, or at the address that the body names instead. */
@ApplicationScoped
class RequestData {

    private final Downloads downloads;
    private final DatasetSettings settings;

    RequestData(Downloads downloads, DatasetSettings settings) {
        this.downloads = downloads;
        this.settings = settings;
    }

    /** Does something with data. */
    @FunctionalInterface
    interface Taker<T> {

        /** @param source where the data comes from, for people */
        T take(Incoming data, String source) throws IOException;
    }

    /**
     * Hands the data on.
     *
     * @param file the file's name as the query says it; may be null
     * @param type the body's media type, which names a file that has no name; may be null
     * @throws InvalidDatasetException the taker's; of data at an address it quotes nothing
     */
    <T> T take(InputStream body, String file, String type, Taker<T> taker) throws IOException {
        InputStream bytes = Bodies.of(body, settings);
        byte[] beginning = bytes.readNBytes(UrlRequest.LONGEST);
        Optional<String> address =
                beginning.length < UrlRequest.LONGEST ? UrlRequest.addressIn(beginning) : Optional.empty();
        String name = fileName(file, type);
        if (address.isEmpty()) {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), bytes);
            return taker.take(Incoming.of(whole, name), "upload");
        }
        try {
            return downloads.fetch(address.get(), name, data -> taker.take(data, WebAddress.shown(address.get())));
        } catch (InvalidDatasetException e) {
            throw e.unquoted();
        }
    }

    /** What a body without a name would be called that says what it is. */
    private static String fileName(String file, String type) {
        if (file != null) {
            return file.strip();
        }
        String plain = type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "text/csv" -> "data.csv";
            case "text/tab-separated-values" -> "data.tsv";
            case "text/markdown" -> "data.md";
            default -> "";
        };
    }
}
