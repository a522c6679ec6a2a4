package dev.apprentice.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4};

    @TempDir
    Path folder;

    private static void write(Path file, byte[] bytes) {
        WholeFile.write(file, channel -> WholeFile.writeFully(channel, ByteBuffer.wrap(bytes)));
    }

    @Test
    void aFileThatCannotBeWrittenKeepsItsOldContentsAndLeavesNothingBeside() throws IOException {
        Path file = Files.write(folder.resolve("model.gguf"), OLD);
        assertThatThrownBy(() -> WholeFile.write(file, channel -> {
                    WholeFile.writeFully(channel, ByteBuffer.wrap(NEW));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " cannot be written: java.io.IOException: No space left on device");
        assertOnly(file, OLD);
    }

    @Test
    void contentsThatAreRefusedWhileTheyAreWrittenLeaveNothingBeside() throws IOException {
        Path file = Files.write(folder.resolve("model.gguf"), OLD);
        ModelException refusal = new ModelException("8 bytes were given");
        assertThatThrownBy(() -> WholeFile.write(file, channel -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertOnly(file, OLD);
    }

    @Test
    void aFolderInThePlaceOfTheFileStaysAsItWas() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("model.gguf"));
        Path inner = Files.write(inTheWay.resolve("inner"), OLD);
        assertThatThrownBy(() -> write(inTheWay, NEW))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(inTheWay + " cannot be written: ");
        assertThat(inner).hasBinaryContent(OLD);
        assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void aFileNamedWithoutItsFolderIsWrittenInTheWorkingDirectory() throws IOException {
        Path file = Path.of("whole-file-" + UUID.randomUUID());
        try {
            write(file, NEW);
            assertThat(file.toAbsolutePath()).hasBinaryContent(NEW);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void assertOnly(Path file, byte[] contents) {
        assertThat(file).hasBinaryContent(contents);
        assertThat(folder.toFile().list()).containsExactly(file.getFileName().toString());
    }
}
