package dev.apprentice.dataset.api;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.Downloads;
import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.download.WebAddress;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.Optional;

/** Reads data from a request's body, or from the address that the body gives instead. */
@ApplicationScoped
class RequestData {

    private final Downloads downloads;
    private final DatasetSettings settings;

    RequestData(Downloads downloads, DatasetSettings settings) {
        this.downloads = downloads;
        this.settings = settings;
    }

    /** Uses the data. */
    @FunctionalInterface
    interface Taker<T> {

        /** @param source where the data comes from, for people */
        T take(Incoming data, String source) throws IOException;
    }

    /**
     * Passes the data to the taker.
     *
     * @param file the file's name from the query; may be null
     * @param type the body's media type, which determines the file's name if there is none; may be null
     * @throws InvalidDatasetException if the taker throws it; for data from an address, without quotations from the data
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

    /** Returns the file name, or one that the media type implies; empty if neither is known. */
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
