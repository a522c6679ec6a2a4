package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.retry.RetryPolicy;
import dev.apprentice.model.hub.retry.StallGuard;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Downloads a file into the cache. Resumes after an interruption, checks the digest, and makes the file visible only once it is
 * complete.
 */
final class Download {

    private static final int BUFFER_BYTES = 1 << 17;

    private final HubClient client;
    private final RetryPolicy retries;
    private final Duration stall;
    private final HubFile file;
    private final Path blob;
    private final Path incomplete;
    private final DownloadListener listener;

    /**
     * @param stall how long a connection may be silent
     * @param blob the target file
     */
    Download(HubClient client, RetryPolicy retries, Duration stall, HubFile file, Path blob, DownloadListener listener) {
        this.client = client;
        this.retries = retries;
        this.stall = stall;
        this.file = file;
        this.blob = blob;
        this.incomplete = blob.resolveSibling(blob.getFileName() + ".incomplete");
        this.listener = listener;
    }

    /** @throws ModelException if the disk is full, or the file arrives damaged twice */
    void run() throws IOException, InterruptedException {
        Files.createDirectories(blob.getParent());
        requireSpace();
        fetch();
        if (!BlobDigest.matches(incomplete, file.etag())) {
            // an earlier attempt may have left damaged bytes, so start again from the beginning
            Files.delete(incomplete);
            fetch();
            if (!BlobDigest.matches(incomplete, file.etag())) {
                Files.delete(incomplete);
                throw new ModelException(subject() + " was damaged in two downloads; something between"
                        + " this machine and the hub changes it, or the hub's copy is damaged");
            }
        }
        Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireSpace() throws IOException {
        long needed = file.size() - present();
        long free = Files.getFileStore(blob.getParent()).getUsableSpace();
        if (needed > free) {
            throw new ModelException(subject() + " needs " + needed + " more bytes in "
                    + blob.getParent() + ", where " + free + " are free; make room, or set HF_HOME to a larger disk");
        }
    }

    private long present() throws IOException {
        return Files.exists(incomplete) ? Files.size(incomplete) : 0;
    }

    private void fetch() throws IOException, InterruptedException {
        int failures = 0;
        while (!Files.exists(incomplete) || present() != file.size()) {
            long before = present();
            try {
                receive(before < file.size() ? before : 0);
            } catch (IOException e) {
                failures = present() > before ? 1 : failures + 1;
                retries.after(failures, e);
            }
        }
    }

    private void receive(long from) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.content(file, from);
        try (InputStream body = response.body();
                StallGuard guard = new StallGuard(body, stall);
                FileChannel out = open()) {
            long position = start(response, from);
            truncate(out, position);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = read(body, buffer, guard); read >= 0; read = read(body, buffer, guard)) {
                guard.alive();
                write(out, ByteBuffer.wrap(buffer, 0, read));
                position += read;
                listener.progress(file.name(), position, file.size());
                if (position > file.size()) {
                    truncate(out, 0);
                    throw new IOException(file.name() + " is longer than the " + file.size() + " bytes announced");
                }
            }
            if (position < file.size()) {
                throw new IOException(
                        file.name() + " was cut after " + position + " of " + file.size() + " bytes");
            }
            out.force(false);
        }
    }

    private static int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw guard.reason(e);
        }
    }

    /** Returns where in the file the body begins. A server may send the whole file instead of the requested part. */
    private long start(HttpResponse<?> response, long from) throws IOException {
        if (response.statusCode() == 200) {
            return 0;
        }
        if (response.statusCode() == 206) {
            Optional<String> range = response.headers().firstValue("Content-Range");
            if (range.filter(value -> value.startsWith("bytes " + from + "-")).isEmpty()) {
                throw new IOException(file.name() + " was asked for from byte " + from + ", but the answer is "
                        + range.orElse("without a Content-Range"));
            }
            return from;
        }
        throw client.refusal(file, response);
    }

    private FileChannel open() {
        try {
            return FileChannel.open(incomplete, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private void truncate(FileChannel out, long length) {
        try {
            out.truncate(length).position(length);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private void write(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private String subject() {
        return file.reference() + ": " + file.name();
    }

    /** Returns the error for a failure of the disk, after which a retry would not help. */
    private ModelException notWritten(IOException e) {
        return new ModelException(subject() + " cannot be written to " + blob.getParent() + " ("
                + e.getMessage() + "); make room, or set HF_HOME to a writable disk", e);
    }
}
