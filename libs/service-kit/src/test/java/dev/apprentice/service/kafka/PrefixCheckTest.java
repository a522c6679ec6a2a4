package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PrefixCheckTest {

    @Test
    void aPrefixThatOnlyAFileSetsIsRefusedWithTheWayOut() {
        assertThatCode(() -> PrefixCheck.check("blue.", "blue.")).doesNotThrowAnyException();
        assertThatThrownBy(() -> PrefixCheck.check("blue.", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("apprentice.kafka.prefix is 'blue.' in a file; set it by the environment variable APPRENTICE_KAFKA_PREFIX"
                        + " or by -Dapprentice.kafka.prefix");
        assertThatThrownBy(() -> PrefixCheck.check("b/", "b/")).isInstanceOf(IllegalArgumentException.class);
    }
}
