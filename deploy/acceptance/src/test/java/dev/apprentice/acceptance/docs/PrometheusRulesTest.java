package dev.apprentice.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.apprentice.testkit.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Recording rules and alerts behave as specified. */
class PrometheusRulesTest {

    private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("prometheus");

    @Test
    void alertsFireWhenTheyShouldAndNotOtherwise() throws IOException {
        assumeTrue(Prometheus.isInstalled(), "promtool is not installed (Debian's package prometheus)");

        assertThat(Prometheus.promtool("", "test", "rules", FOLDER.resolve("rules.test.yml").toString()))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
        assertThat(Prometheus.promtool("", "check", "config", FOLDER.resolve("prometheus.yml").toString()))
                .contains("recording.yml", "alerts.yml")
                .doesNotContain("FAILED", "error");
    }

    @Test
    void everyAlertHasACase() throws IOException {
        List<String> alerts = Pattern.compile("alert: (\\w+)")
                .matcher(Files.readString(FOLDER.resolve("alerts.yml")))
                .results()
                .map(alert -> alert.group(1))
                .toList();

        assertThat(alerts).isNotEmpty();
        assertThat(Pattern.compile("alertname: (\\w+)")
                        .matcher(Files.readString(FOLDER.resolve("rules.test.yml")))
                        .results()
                        .map((MatchResult found) -> found.group(1)))
                .containsAll(alerts);
    }
}
