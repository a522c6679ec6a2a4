package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import java.util.Optional;

/** What a judge is asked about a response, and how its answer is read. */
public interface Rubric {

    /** The question, as the judge gets it. */
    String question(Response response);

    /**
     * The score in a judge's answer.
     *
     * @return 0 to 100; empty where the answer is not what the question asked for
     */
    Optional<Double> read(String answer);
}
