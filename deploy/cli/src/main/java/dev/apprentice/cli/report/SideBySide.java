package dev.apprentice.cli.report;

import dev.apprentice.cli.client.answer.Answered;
import dev.apprentice.cli.client.answer.AnsweredExample;
import dev.apprentice.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/** Shows a few test examples with the reference answer, the base model's and the tuned model's. */
final class SideBySide {

    private SideBySide() {}

    /**
     * Returns the lines.
     *
     * @param base the base model's answers, in the order of the exam
     * @param tuned the tuned model's, in the same order
     * @param count how many examples to show; they are spread over the exam
     * @param width characters a line can have
     */
    static List<String> draw(Answered base, Answered tuned, int count, int width) {
        int questions = Math.min(base.examples().size(), tuned.examples().size());
        int shown = Math.min(count, questions);
        int room = width - "reference: ".length();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            int index = i * questions / shown;
            AnsweredExample example = tuned.examples().get(index);
            lines.add("asked:     " + Words.oneLine(question(example), room));
            lines.add("reference: " + Words.oneLine(example.output(), room));
            lines.add("base:      " + Words.oneLine(base.examples().get(index).modelResponse(), room));
            lines.add("tuned:     " + Words.oneLine(example.modelResponse(), room));
            lines.add("");
        }
        return lines;
    }

    private static String question(AnsweredExample example) {
        return example.input().isEmpty() ? example.instruction() : example.instruction() + " | " + example.input();
    }
}
