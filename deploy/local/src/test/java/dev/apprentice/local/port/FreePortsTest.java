package dev.apprentice.local.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void portsThatSystemsGiveToConnectionsThatGoOutAreNotFound() {
        assertThat(FreePorts.find(100)).doesNotHaveDuplicates().allSatisfy(port -> {
            assertThat(port).isBetween(10_000, 32_767);
            assertThat(FreePorts.isFree(port)).isTrue();
        });
    }
}
