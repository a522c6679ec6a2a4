package dev.apprentice.local.follow;

import dev.apprentice.contracts.Progress.Sample;
import java.util.stream.Collectors;

/** A sample answer in few lines. The prompt's fixed parts (headings, the opening sentence) say nothing new and are left out. */
final class SampleText {

    private static final String PREAMBLE = "Below is an instruction";

    private SampleText() {}

    static String of(Sample sample) {
        String question = sample.prompt()
                .lines()
                .filter(line -> !line.isBlank() && !isFixed(line))
                .collect(Collectors.joining(" | "));
        String answer = sample.response().strip().replace("\n", "\n           ");
        return "  asked:   " + question + "\n  answers: " + (answer.isEmpty() ? "(nothing)" : answer);
    }

    private static boolean isFixed(String line) {
        return line.startsWith("###") || line.startsWith("<|") || line.startsWith(PREAMBLE);
    }
}
