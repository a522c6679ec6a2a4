package dev.apprentice.service.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A body that may have so many bytes and no more. */
final class CountedBody extends FilterInputStream {

    private final long most;
    private final Supplier<? extends RuntimeException> refusal;
    private long count;

    /** @param refusal thrown from where the body is read once it has more bytes */
    CountedBody(InputStream body, long most, Supplier<? extends RuntimeException> refusal) {
        super(body);
        this.most = most;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = in.read(buffer, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) {
        count += bytes;
        if (count > most) {
            throw refusal.get();
        }
    }

    @Override
    public boolean markSupported() {
        return false; // going back would count bytes twice
    }
}
