package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {

    private static final String LIBTORCH = "PYTORCH_LIBRARY_PATH";
    private static final String FLAVOR = "PYTORCH_FLAVOR";

    @TempDir
    Path folder;

    @BeforeEach
    void unlessTheEnvironmentNamesOne() {
        assumeThat(System.getenv(LIBTORCH)).isNull();
        forget();
    }

    @AfterEach
    void forget() {
        System.clearProperty(LIBTORCH);
        System.clearProperty(FLAVOR);
    }

    @Test
    void aLibtorchThatIsPackagedWithTheProgramIsTheOneToLoad() throws IOException {
        Path packaged = Files.createDirectory(folder.resolve("libtorch"));
        NativeLibraries.useLibtorchBeside(folder.resolve("quarkus-run.jar"));
        assertThat(System.getProperty(LIBTORCH)).isEqualTo(packaged.toString());
        assertThat(System.getProperty(FLAVOR)).isEqualTo("cu128");
    }

    @Test
    void aLibtorchOfTheUsersOwnComesFirst() throws IOException {
        Files.createDirectory(folder.resolve("libtorch"));
        System.setProperty(LIBTORCH, "/opt/mine");
        NativeLibraries.useLibtorchBeside(folder.resolve("quarkus-run.jar"));
        assertThat(System.getProperty(LIBTORCH)).isEqualTo("/opt/mine");
        assertThat(System.getProperty(FLAVOR)).isNull();
    }

    @Test
    void withoutOneTheProcessorsIsLoaded() {
        NativeLibraries.useLibtorchBeside(folder.resolve("quarkus-run.jar"));
        assertThat(System.getProperty(LIBTORCH)).isNull();
    }
}
