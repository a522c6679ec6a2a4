package dev.apprentice.dataset.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UploadGateTest {

    private final UploadGate gate = new UploadGate(3, 2);

    @Test
    void letsSoManyOfOneClientInAndSoManyInAll() {
        assertThat(gate.enter("a")).isEmpty();
        assertThat(gate.enter("a")).isEmpty();
        assertThat(gate.enter("a").orElseThrow()).startsWith("2 others of your address are sending");
        assertThat(gate.enter("b")).isEmpty();
        assertThat(gate.enter("c").orElseThrow()).startsWith("3 others are sending");
    }

    @Test
    void whoLeavesMakesRoom() {
        gate.enter("a");
        gate.enter("a");
        gate.enter("b");
        gate.leave("a");
        assertThat(gate.enter("c")).isEmpty();
        gate.leave("b");
        assertThat(gate.enter("a")).isEmpty();
        assertThat(gate.enter("b")).isPresent();
    }
}
