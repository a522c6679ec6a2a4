package dev.apprentice.service.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LimitedInputStreamTest {

    private final InputStream bytes = new LimitedInputStream(new ByteArrayInputStream(new byte[10]), 4, () -> {
        throw new IOException("more than 4");
    });

    @Test
    void asManyBytesAsTheLimitArePassedOn() throws IOException {
        assertThat(bytes.read()).isZero();
        assertThat(bytes.skip(2)).isEqualTo(2);
        assertThat(bytes.read(new byte[1])).isEqualTo(1);
        assertRefused(bytes::read);
    }

    @Test
    void whatIsSkippedCountsAsWhatIsRead() {
        assertRefused(() -> bytes.skip(5));
    }

    @Test
    void manyBytesAtOnceAreCountedByOne() {
        assertRefused(bytes::readAllBytes);
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(IOException.class).hasMessage("more than 4");
    }
}
