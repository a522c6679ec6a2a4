package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score.Verdict;
import io.smallrye.mutiny.Uni;

/** Somebody who says how good a response is. */
public interface Judge {

    /** The name its verdicts carry; see {@link JudgeName}. */
    String name();

    /**
     * The verdict on one response, whenever it comes; it may be that the judge's answer could not be read.
     *
     * <p>Fails with a {@link java.util.concurrent.CancellationException} where the service stops before.
     */
    Uni<Verdict> grade(Response response);
}
