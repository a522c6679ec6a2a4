package dev.apprentice.service.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails once more bytes are read or skipped than a limit. */
public final class LimitedInputStream extends FilterInputStream {

    private final long limit;
    private final Refusal refusal;
    private long count;

    /** Decides how reading fails beyond the limit. */
    @FunctionalInterface
    public interface Refusal {

        /** Throws the exception with which reading fails. */
        void refuse() throws IOException;
    }

    /** @param refusal called by the reading thread once there are more bytes than the limit */
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
    public long skip(long wanted) throws IOException {
        long skipped = in.skip(wanted);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false; // going back would count bytes twice
    }

    private void count(long read) throws IOException {
        count += read;
        if (count > limit) {
            refusal.refuse();
        }
    }
}
