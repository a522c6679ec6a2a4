package dev.apprentice.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessFolderTest {

    @TempDir Path folder;

    @Test
    void readsWhatTheKernelWrites() throws IOException {
        Files.writeString(folder.resolve("status"), "Name:\tjava\nVmHWM:\t  999999 kB\nVmRSS:\t  524288 kB\nThreads:\t42\n");
        Path descriptors = Files.createDirectory(folder.resolve("fd"));
        Files.createSymbolicLink(descriptors.resolve("0"), Path.of("/dev/null"));
        Files.createSymbolicLink(descriptors.resolve("7"), Path.of("/data/step-1/model.safetensors (deleted)"));

        ProcessFolder process = new ProcessFolder(folder);

        assertThat(process.residentMiB()).isEqualTo(512);
        assertThat(process.threads()).isEqualTo(42);
        assertThat(process.openFiles())
                .containsExactlyInAnyOrder("/dev/null", "/data/step-1/model.safetensors (deleted)");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void seesAFileThatThisVeryProcessHasOpenUntilItIsClosed() throws IOException {
        ProcessFolder self = ProcessFolder.of(ProcessHandle.current().pid());
        Path file = Files.writeString(folder.resolve("open.txt"), "x").toRealPath();

        try (InputStream open = Files.newInputStream(file)) {
            assertThat(self.openFiles()).contains(file.toString());
            Files.delete(file);
            assertThat(self.openFiles()).contains(file + " (deleted)");
        }

        assertThat(self.openFiles()).doesNotContain(file + " (deleted)");
        assertThat(self.residentMiB()).isGreaterThan(Runtime.getRuntime().totalMemory() / 1e9);
        assertThat(self.threads()).isGreaterThanOrEqualTo(List.copyOf(Thread.getAllStackTraces().keySet()).size());
    }

    @Test
    void namesAProcessThatHasEnded() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(new ProcessFolder(folder.resolve("4711"))::threads)
                .withMessageContaining("4711 has ended");
    }
}
