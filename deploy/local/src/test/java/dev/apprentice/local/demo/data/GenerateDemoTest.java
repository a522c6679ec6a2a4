package dev.apprentice.local.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateDemoTest {

    @Test
    void everyFileIsWrittenIntoTheFolder(@TempDir Path folder) throws IOException {
        GenerateDemo.main(new String[] {folder.toString()});

        assertThat(folder.resolve("instructions.json")).isNotEmptyFile();
        assertThat(folder.resolve("model/tokenizer.json")).isNotEmptyFile();
    }

    @Test
    void withoutAFolderItSaysWhatToName() {
        assertThatThrownBy(() -> GenerateDemo.main(new String[0]))
                .hasMessage("name the folder to write to, such as deploy/local/src/main/resources/demo");
    }
}
