package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.judge.judges.rubric.Rubric;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** A judge that decides which of two responses to the same question is better. */
public final class PairwiseJudge {

    private final String name;
    private final Supplier<JudgeSeat> seat;
    private final Rubric rubric;

    /** @param seat provides the model's queue for each question, since an unused queue is evicted */
    PairwiseJudge(String name, Supplier<JudgeSeat> seat, Rubric rubric) {
        this.name = name;
        this.seat = seat;
        this.rubric = rubric;
    }

    /** Returns its name; see {@link JudgeName}. */
    public String name() {
        return name;
    }

    /** Returns the name of its model. */
    public String model() {
        return seat.get().model();
    }

    /** Returns its rubric. */
    public Rubric rubric() {
        return rubric;
    }

    /**
     * Asks about the two responses once, in this order.
     *
     * @param first shown as A
     * @param second shown as B
     * @return 1 if the first is better, 0 if the second is, 0.5 for a tie; without a reading if the answer could not be read
     */
    public Uni<JudgeAnswer> compare(Response first, Response second) {
        String question = rubric.question(first, second);
        return Uni.createFrom().deferred(() -> seat.get().ask(first.run(), rubric, question, false));
    }
}
