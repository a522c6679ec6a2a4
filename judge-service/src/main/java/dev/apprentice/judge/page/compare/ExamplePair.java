package dev.apprentice.judge.page.compare;

import dev.apprentice.judge.responses.ScoredResponse;
import java.util.Optional;

/**
 * One example that two checkpoints have answered.
 *
 * @param left the left checkpoint's answer
 * @param right the right checkpoint's answer
 */
record ExamplePair(ScoredResponse left, ScoredResponse right) {

    /** Returns which answer is better by a figure; empty if either lacks the figure, or the figure has no better direction. */
    Optional<Outcome> by(Figure figure) {
        return left.figure(figure.name())
                .flatMap(one -> right.figure(figure.name()).flatMap(other -> figure.compare(one, other)));
    }
}
