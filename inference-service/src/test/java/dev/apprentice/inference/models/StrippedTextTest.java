package dev.apprentice.inference.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrippedTextTest {

    private final List<String> heard = new ArrayList<>();

    @Test
    void thePiecesTogetherAreTheStrippedText() {
        List<String> pieces = List.of(" ", "\n The", " ", " answer", " is\n", "\n", "42", " \n", "  ");
        StrippedText text = new StrippedText((row, piece) -> heard.add(piece));

        pieces.forEach(piece -> assertThat(text.onText(0, piece)).isTrue());

        assertThat(String.join("", heard)).isEqualTo(String.join("", pieces).strip()).isEqualTo("The  answer is\n\n42");
        assertThat(heard).doesNotContain("");
    }

    @Test
    void theListenerEndsTheRow() {
        StrippedText text = new StrippedText((row, piece) -> false);

        assertThat(text.onText(0, "  ")).isTrue();
        assertThat(text.onText(0, "a")).isFalse();
    }
}
