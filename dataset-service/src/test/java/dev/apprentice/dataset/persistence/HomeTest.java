package dev.apprentice.dataset.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.dataset.DatasetSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void severalInstancesShareItAndEachHasAFolderOfItsOwnThatEndsWithIt() throws IOException {
        Home first = home(folder);
        first.open();
        Path left = Files.createDirectories(folder.resolve("incoming").resolve("of-a-killed-one"));
        Files.createFile(left.resolve("lock"));
        Files.createFile(left.resolve("upload.jsonl"));
        Home second = home(folder);
        second.open();
        assertThat(left).doesNotExist();
        assertThat(first.own()).isNotEqualTo(second.own()).isDirectory();
        first.close();
        assertThat(first.own()).doesNotExist();
        assertThat(second.own()).isDirectory();
        second.close();
    }

    /** A starting instance holds the lock for starts while it looks for what ended instances left. */
    @Test
    void oneThatIsFrozenInTheMiddleOfItsStartKeepsNoOtherFromStarting() throws IOException {
        Home first = home(folder);
        Path left = Files.createDirectories(folder.resolve("incoming").resolve("of-a-killed-one"));
        Files.createFile(left.resolve("lock"));
        try (SharedLock frozen = SharedLock.tryLock(first.lockOf("home", "lock")).orElseThrow()) {
            first.open(Duration.ofMillis(20));
            assertThat(first.own()).isDirectory();
            assertThat(left).as("removed by the next start").isDirectory();
        }
        Home second = home(folder);
        second.open();
        assertThat(left).doesNotExist();
        assertThat(first.own()).isDirectory();
        second.close();
        first.close();
    }

    @Test
    void isNotSharedWithAnEarlierVersionWhichTakesAllOfIt() throws Exception {
        try (LockingProcess earlier = LockingProcess.of(folder.resolve("lock"))) {
            assertThatThrownBy(home(folder)::open)
                    .hasMessage("folder " + folder + " is used by a dataset-service of an earlier version, which shares it with no"
                            + " other; end that one, or give this one a folder of its own with apprentice.dataset.home");
        }
    }

    @Test
    void saysWhereItCannotBe() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> home(file.resolve("home")).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("folder " + file.resolve("home") + " cannot be used: ")
                .hasMessageEndingWith("set apprentice.dataset.home to one that this process may write to");
    }

    private static Home home(Path folder) {
        return new Home(new SmallRyeConfigBuilder()
                .withMapping(DatasetSettings.class)
                .withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        100,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .withConverter(
                        java.time.Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withDefaultValue("apprentice.dataset.home", folder.toString())
                .build()
                .getConfigMapping(DatasetSettings.class));
    }
}
