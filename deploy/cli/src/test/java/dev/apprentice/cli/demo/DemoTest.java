package dev.apprentice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.local.CommandException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTest {

    /** Happened with a service of version 0.1 among newer ones. */
    @Test
    void aReportWithoutCategoriesIsSaidInWords() {
        assertThat(Demo.share(Map.of("exact_match [instructed]", 0.5), "exact_match [instructed]")).isEqualTo(0.5);
        assertThatThrownBy(() -> Demo.share(Map.of("exact_match", 0.5), "exact_match [instructed]"))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("The report has no figure 'exact_match [instructed]': a running service is of an earlier");
    }
}
