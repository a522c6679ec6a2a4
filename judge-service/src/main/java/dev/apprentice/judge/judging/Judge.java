package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score.Verdict;

/** Somebody who says how good a response is. */
public interface Judge {

    /** The name its verdicts carry: the model it asks. */
    String name();

    /**
     * Grades one response. May take long; may be called by several threads at once.
     *
     * @return its verdict, which may be that its answer could not be read
     * @throws JudgeUnavailableException if there was no answer at all
     * @throws java.util.concurrent.CancellationException if its thread was interrupted
     */
    Verdict grade(Response response);
}
