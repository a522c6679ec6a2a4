package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.ModelException;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.OwnProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a separate process, because a JVM tries to load a library only once. */
class NativeLibraryTest {

    @TempDir
    Path folder;

    @Test
    void aFolderThatCannotBeWrittenToIsNamedWithTheWayOut() throws Exception {
        Path tokenizerJson = Files.write(folder.resolve("tokenizer.json"), Fixtures.bytes("tokenizer.json"));
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file where a folder should be");
        ProcessBuilder java = OwnProcess.java(LoadsATokenizer.class, List.of(), tokenizerJson.toString());
        java.environment().put("DJL_CACHE_DIR", occupied.toString());
        java.redirectError(ProcessBuilder.Redirect.DISCARD);

        assertThat(OwnProcess.output(java))
                .containsExactly("the native tokenizers library cannot be loaded (Failed to load Huggingface native library.);"
                        + " DJL unpacks it into ~/.djl.ai, so make that folder writable or set DJL_CACHE_DIR to one that is");
    }

    /** Prints the error message if loading fails. */
    static final class LoadsATokenizer {

        private LoadsATokenizer() {}

        public static void main(String[] arguments) {
            try (Tokenizer tokenizer = Tokenizer.load(Path.of(arguments[0]))) {
                System.out.println("loaded with " + tokenizer.vocabularySize() + " ids");
            } catch (ModelException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
