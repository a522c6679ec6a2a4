package dev.apprentice.dataset.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A client's body that has to come at a minimum rate. Only time spent waiting for the client counts, not the time this service
 * takes to use what has come.
 */
public final class SteadyInputStream extends FilterInputStream {

    /** Time waited before the rate is enforced. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final double NANOS = 1e9;

    private final long leastRate;
    private final LongSupplier nanoTime;
    private long count;
    private long waited;

    /** @param leastRate bytes a second */
    public SteadyInputStream(InputStream body, long leastRate) {
        this(body, leastRate, System::nanoTime);
    }

    SteadyInputStream(InputStream body, long leastRate, LongSupplier nanoTime) {
        super(body);
        this.leastRate = leastRate;
        this.nanoTime = nanoTime;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        long began = nanoTime.getAsLong();
        int read;
        try {
            read = in.read(buffer, from, length);
        } catch (IOException e) {
            throw new UploadException("the body was interrupted or stalled after %,d bytes".formatted(count), e);
        }
        waited += nanoTime.getAsLong() - began;
        count += Math.max(0, read);
        if (read >= 0 && waited > GRACE.toNanos() && count < leastRate * (waited / NANOS)) {
            throw new UploadException("the body comes too slowly: %,d bytes in %,d s; the minimum is %,d bytes a second"
                    .formatted(count, Duration.ofNanos(waited).toSeconds(), leastRate)
                    + " (apprentice.dataset.upload.least-rate)");
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false; // a reset would count bytes twice
    }
}
