package dev.apprentice.cli.follow;

import dev.apprentice.cli.terminal.Words;
import dev.apprentice.contracts.event.Progress.Sample;
import java.util.stream.Collectors;

/** Formats a sample answer in two lines. It leaves out the prompt's fixed parts: headings and the opening sentence. */
final class SampleText {

    private static final String PREAMBLE = "Below is an instruction";

    private SampleText() {}

    static String of(Sample sample, int width) {
        String question = sample.prompt()
                .lines()
                .filter(line -> !line.isBlank() && !isFixed(line))
                .collect(Collectors.joining(" | "));
        int room = width - "  answers: ".length();
        return "  asked:   " + Words.oneLine(question, room) + System.lineSeparator() + "  answers: "
                + Words.oneLine(sample.response(), room);
    }

    private static boolean isFixed(String line) {
        return line.startsWith("###") || line.startsWith("<|") || line.startsWith(PREAMBLE);
    }
}
