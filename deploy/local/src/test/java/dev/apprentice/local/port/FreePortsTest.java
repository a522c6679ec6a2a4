package dev.apprentice.local.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    /** Successes around the last try must not make the search endless. */
    @Test
    void theSearchEndsAfterItsLastTry() {
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> FreePorts.find(3, port -> {
            int number = tries.incrementAndGet();
            if (number == 10_000 || number == 10_001) {
                return new ServerSocket();
            }
            if (number > 20_000) {
                throw new AssertionError("the search goes on");
            }
            throw new BindException("taken");
        })).isInstanceOf(UncheckedIOException.class).hasMessage("No port between 10000 and 32768 is free on 127.0.0.1");
        assertThat(tries).hasValue(10_002);
    }

    @Test
    void portsThatSystemsGiveToConnectionsThatGoOutAreNotFound() {
        assertThat(FreePorts.find(100)).doesNotHaveDuplicates().allSatisfy(port -> {
            assertThat(port).isBetween(10_000, 32_767);
            assertThat(FreePorts.isFree(port)).isTrue();
        });
    }
}
