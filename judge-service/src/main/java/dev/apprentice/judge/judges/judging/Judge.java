package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.Trouble;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.JudgeName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A judge: scores how good a response is. */
public interface Judge {

    /** Returns the name that its verdicts carry; see {@link JudgeName}. */
    String name();

    /**
     * Returns the verdict on one response as soon as it is there. A verdict may also say that the judge's answer could not be
     * read.
     *
     * <p>Fails with a {@link NoRoomException} if the judge must be asked later, and with a
     * {@link java.util.concurrent.CancellationException} if the service stops first.
     *
     * @param anew whether to ask even if the judge has answered the same question before
     */
    Uni<Verdict> grade(Response response, boolean anew);

    /** Tells whether it can take another response now. */
    default boolean hasRoom() {
        return true;
    }

    /** Tells whether responses wait in its queue or are being graded. */
    default boolean isBusy() {
        return false;
    }

    /** Returns why it gives no verdicts; empty while it does. */
    default Optional<Trouble> trouble() {
        return Optional.empty();
    }

    /** Returns the address of its model's server; empty if it has no model. */
    default Optional<String> address() {
        return Optional.empty();
    }
}
