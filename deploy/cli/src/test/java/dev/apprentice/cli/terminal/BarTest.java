package dev.apprentice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarTest {

    private static final String UP_AND_ERASE = "\u001b[1F\u001b[J";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void isWrittenAtEveryQuarterWhereThereIsNoTerminal() {
        try (Bar bar = new Bar(screen(false), "train", "steps", 8)) {
            for (int step = 1; step <= 8; step++) {
                bar.update(step);
            }
        }

        assertThat(lines()).hasSize(4).allMatch(line -> line.startsWith("train"));
        assertThat(lines().get(0)).contains("25%", "2/8 steps");
        assertThat(lines().get(3)).contains("100%", "8/8 steps");
        assertThat(text()).doesNotContain("\r", "\u001b");
    }

    @Test
    void saysNoSpeedBeforeThereIsOne() {
        try (Bar bar = new Bar(screen(false), "train", "steps", 8)) {
            bar.update(8);
        }

        assertThat(text()).contains("8/8 steps").doesNotContain("?");
    }

    @Test
    void isNotShownWhereThereIsNothingToDo() {
        for (boolean terminal : new boolean[] {false, true}) {
            try (Bar bar = new Bar(screen(terminal), "generate", "passages", 0)) {
                bar.update(0);
            }
        }

        assertThat(text()).isEmpty();
    }

    @Test
    void staysBelowTheLinesThatStay() {
        Screen screen = screen(true);
        screen.change("train", "train 1/2");
        screen.print("loss 1.5");
        screen.change("train", "train 2/2");
        screen.settle("train", "train done");
        screen.print("end");

        assertThat(text().replace(System.lineSeparator(), "\n"))
                .isEqualTo("train 1/2\n"
                        + UP_AND_ERASE + "loss 1.5\ntrain 1/2\n"
                        + UP_AND_ERASE + "train 2/2\n"
                        + UP_AND_ERASE + "train done\n"
                        + "end\n");
    }

    @Test
    void isNotDrawnAfterTheLastWords() {
        Screen screen = screen(true);
        screen.change("train", "train 1/2");
        screen.end("The run goes on.");
        screen.change("train", "train 2/2");
        screen.print("more");

        assertThat(text()).endsWith("The run goes on." + System.lineSeparator());
    }

    @Test
    void needsNoMoreRoomThanALineHas() {
        Screen narrow = new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), false, 70);
        try (Bar bar = new Bar(narrow, "answer, step 1000", "answers", 1000)) {
            bar.update(1000);
        }

        assertThat(lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(70));
    }

    private Screen screen(boolean terminal) {
        return new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, 100);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return text().lines().toList();
    }
}
