package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.judge.judges.rubric.Rubric;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** A judge that says which of two responses to the same question is better. */
public final class PairwiseJudge {

    private final String name;
    private final Supplier<JudgeSeat> seat;
    private final Rubric rubric;

    /** @param seat asked for at every question: one that is not used is given up */
    PairwiseJudge(String name, Supplier<JudgeSeat> seat, Rubric rubric) {
        this.name = name;
        this.seat = seat;
        this.rubric = rubric;
    }

    /** Its name; see {@link JudgeName}. */
    public String name() {
        return name;
    }

    /** The model it asks. */
    public String model() {
        return seat.get().model();
    }

    /** What it asks. */
    public Rubric rubric() {
        return rubric;
    }

    /**
     * Asks once, in this order.
     *
     * @param first shown as A
     * @param second shown as B
     * @return 1 where the first is better, 0 where the second is, a half for a tie, or an answer without a reading
     */
    public Uni<JudgeAnswer> compare(Response first, Response second) {
        return seat.get().ask(first.run(), rubric, rubric.question(first, second), false);
    }
}
