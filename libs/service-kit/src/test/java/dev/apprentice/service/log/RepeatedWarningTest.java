package dev.apprentice.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class RepeatedWarningTest {

    private final RepeatedWarning warning = new RepeatedWarning(Logger.getLogger(RepeatedWarningTest.class));

    @Test
    void isLoggedWhenItsReasonChangesAndAfterItWentWell() {
        assertThat(warning.warn("no address", null)).isTrue();
        assertThat(warning.warn("no address", null)).isFalse();
        assertThat(warning.warn("no permission", null)).isTrue();
        assertThat(warning.warn("no address", null)).isTrue();
        assertThat(warning.over()).isTrue();
        assertThat(warning.over()).isFalse();
        assertThat(warning.warn("no address", null)).isTrue();
    }
}
