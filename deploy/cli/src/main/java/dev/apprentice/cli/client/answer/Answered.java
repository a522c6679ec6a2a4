package dev.apprentice.cli.client.answer;

import java.util.List;

/**
 * A checkpoint's exam as far as it is answered.
 *
 * @param step the checkpoint's step
 * @param examples the answered examples, in the order of the exam
 * @param questions how many the exam has
 */
public record Answered(int step, List<AnsweredExample> examples, int questions) {

    public boolean complete() {
        return examples.size() == questions;
    }
}
