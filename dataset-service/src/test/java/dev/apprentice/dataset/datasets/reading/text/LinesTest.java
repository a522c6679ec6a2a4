package dev.apprentice.dataset.datasets.reading.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void theByteOrderMarkTakesNoRoomInItsLine() throws IOException {
        assertThat(read("\ufeffabcd\nabcd\nabcde\n")).containsExactly("abcd of 4", "abcd of 4", "abcd of 5, truncated");
        assertThat(read("\ufeffabcde\nabcdefgh")).containsExactly("abcd of 5, truncated", "abcd of 8, truncated");
    }

    @Test
    void aLineIsBlankIfAllOfItIs() throws IOException {
        assertThat(read(" \t\r\n     \n    x\n\n")).containsExactly("blank", "     of 5, truncated", "     of 5, truncated", "blank");
    }

    private static List<String> read(String text) throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 4);
        List<String> read = new ArrayList<>();
        for (Optional<Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            read.add(line.get().isBlank() ? "blank" : new String(line.get().content(), StandardCharsets.UTF_8) + " of " + line.get().length()
                    + (line.get().isTruncated() ? ", truncated" : ""));
        }
        return read;
    }
}
