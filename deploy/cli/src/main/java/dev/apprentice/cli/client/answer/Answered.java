package dev.apprentice.cli.client.answer;

import java.util.List;

/**
 * The answers to a checkpoint's exam so far.
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
