package dev.apprentice.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderBodyTest {

    @TempDir Path folder;

    @Test
    void packsAFolderThatIsALink() throws IOException {
        Path songs = Files.createDirectories(folder.resolve("songs"));
        Files.writeString(Files.createDirectories(songs.resolve("a")).resolve("one.jsonl"), "{}");
        Path zip = folder.resolve("songs.zip");

        FolderBody.zip(Files.createSymbolicLink(folder.resolve("link"), songs), zip);

        try (ZipFile packed = new ZipFile(zip.toFile())) {
            assertThat(packed.stream().map(ZipEntry::getName)).containsExactly("a/one.jsonl");
        }
    }

    /** The pages of a process's memory at address 0 cannot be read, so this file fails for every user. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatCannotBeReadLeavesNoTemporaryFile() throws IOException {
        String marker = UUID.randomUUID().toString();
        Files.writeString(folder.resolve("a-" + marker), "{}");
        Files.createSymbolicLink(folder.resolve("b"), Path.of("/proc/self/mem"));

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> new DatasetClient(Ports.defaults()).put("d", folder))
                .withMessageStartingWith("The data folder " + folder + " cannot be read: ");
        assertThat(zipsWith(marker)).isEmpty();
    }

    private static List<Path> zipsWith(String marker) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> zips = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "apprentice-folder*.zip")) {
            for (Path zip : zips) {
                if (Files.exists(zip) && new String(Files.readAllBytes(zip), StandardCharsets.ISO_8859_1).contains(marker)) {
                    found.add(zip);
                }
            }
        }
        return found;
    }
}
