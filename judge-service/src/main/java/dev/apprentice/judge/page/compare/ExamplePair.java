package dev.apprentice.judge.page.compare;

import dev.apprentice.judge.responses.ScoredResponse;
import java.util.Optional;

/**
 * One example that two checkpoints have answered.
 *
 * @param left the one's answer
 * @param right the other's
 */
record ExamplePair(ScoredResponse left, ScoredResponse right) {

    /** Who is better by a figure; empty where either lacks it, or neither wins by it. */
    Optional<Outcome> by(Figure figure) {
        return left.figure(figure.name())
                .flatMap(one -> right.figure(figure.name()).flatMap(other -> figure.compare(one, other)));
    }
}
