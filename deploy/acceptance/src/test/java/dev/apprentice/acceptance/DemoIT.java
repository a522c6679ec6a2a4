package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import dev.apprentice.local.system.Installation;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.SystemFolder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo on the smaller scale that continuous integration uses. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DemoIT {

    @TempDir Path home;

    @Test
    void learnsWhatItPromisesAndLeavesNoProcessBehind() {
        CommandRun demo = CommandRun.of(home, "demo", "--quick");

        assertThat(demo.err()).isEmpty();
        // status 0 means that the exact match reached the floors of the settings
        assertThat(demo.status()).as(demo.out()).isZero();
        assertThat(demo.out())
                .contains("Loss of demo-", "Some answers", "What to try next")
                .containsPattern("exact match \\[never instructed] ↑ +0\\.0 %")
                .containsPattern("Exact match on facts that instructions asked for in other words: 0\\.0 % before, \\d\\d\\.\\d % after\\.")
                .containsPattern("Exact match on facts that no instruction asked for: 0\\.0 % before, \\d\\d\\.\\d % after\\.");
        assertThat(new LocalSystem(Installation.current(), new SystemFolder(home.resolve("demo"))).runs()).isFalse();
    }
}
