package dev.apprentice.dataset.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadyInputStreamTest {

    private long now;

    @Test
    void givesUpOnABodyThatTricklesIn() throws IOException {
        InputStream body = trickling(1_000, Duration.ofSeconds(1)); // 1 byte a second
        InputStream steady = new SteadyInputStream(body, 100, () -> now);
        for (int i = 0; i < 10; i++) {
            assertThat(steady.read()).isEqualTo(0);
        }
        assertThatExceptionOfType(UploadException.class).isThrownBy(steady::read)
                .withMessage("the body comes too slowly: 11 bytes in 11 s; the minimum is 100 bytes a second"
                        + " (apprentice.dataset.upload.least-rate)");
    }

    @Test
    void letsASteadyBodyThroughHoweverLongItIs() throws IOException {
        InputStream body = trickling(10_000, Duration.ofMillis(9)); // 111 bytes a second
        assertThat(new SteadyInputStream(body, 100, () -> now).readAllBytes()).hasSize(10_000);
    }

    @Test
    void doesNotCountWhatThisServiceTakesItself() throws IOException {
        InputStream steady = new SteadyInputStream(new ByteArrayInputStream(new byte[100]), 100, () -> now);
        for (int i = 0; i < 100; i++) {
            assertThat(steady.read()).isEqualTo(0);
            now += Duration.ofMinutes(1).toNanos();
        }
        assertThat(steady.read()).isEqualTo(-1);
    }

    @Test
    void saysThatABodyBrokeOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatExceptionOfType(UploadException.class)
                .isThrownBy(() -> new SteadyInputStream(broken, 100, () -> now).read())
                .withMessage("the body was interrupted or stalled after 0 bytes");
    }

    private InputStream trickling(int bytes, Duration apart) {
        return new ByteArrayInputStream(new byte[bytes]) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                now += length == 0 ? 0 : apart.toNanos();
                return super.read(buffer, from, Math.min(1, length));
            }
        };
    }
}
