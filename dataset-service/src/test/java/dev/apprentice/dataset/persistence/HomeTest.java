package dev.apprentice.dataset.persistence;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.dataset.DatasetSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void isHeldByOneServiceAtATime() throws IOException {
        Home first = home(folder);
        first.lock();
        Home second = home(folder);
        assertThatThrownBy(second::lock)
                .hasMessage("folder " + folder + " is used by another dataset-service; end that one, or give this one a"
                        + " folder of its own with apprentice.dataset.home");
        first.unlock();
        assertThatCode(second::lock).doesNotThrowAnyException();
        second.unlock();
    }

    @Test
    void saysWhereItCannotBe() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> home(file.resolve("home")).lock())
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
