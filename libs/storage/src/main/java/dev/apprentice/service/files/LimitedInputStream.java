package dev.apprentice.service.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets so many bytes through and fails at the next one. */
public final class LimitedInputStream extends FilterInputStream {

    private final long limit;
    private final Refusal refusal;
    private long count;

    /** What is done with bytes that are too many. */
    @FunctionalInterface
    public interface Refusal {

        /** Fails. */
        void refuse() throws IOException;
    }

    /** @param refusal fails where the bytes are read, once there are more than the limit */
    public LimitedInputStream(InputStream bytes, long limit, Refusal refusal) {
        super(bytes);
        this.limit = limit;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = in.read(buffer, from, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public boolean markSupported() {
        return false; // going back would count bytes twice
    }

    private void count(int read) throws IOException {
        count += read;
        if (count > limit) {
            refusal.refuse();
        }
    }
}
