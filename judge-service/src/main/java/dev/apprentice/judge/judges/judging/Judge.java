package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.Trouble;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.JudgeName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Says how good a response is. */
public interface Judge {

    /** The name its verdicts carry; see {@link JudgeName}. */
    String name();

    /**
     * The verdict on one response, whenever it comes; it may be that the judge's answer could not be read.
     *
     * <p>Fails with a {@link NoRoomException} where it is to be asked later, and with a
     * {@link java.util.concurrent.CancellationException} where the service stops before.
     *
     * @param anew whether it is asked even if it has answered the same question before
     */
    Uni<Verdict> grade(Response response, boolean anew);

    /** Whether it can take another response now. */
    default boolean hasRoom() {
        return true;
    }

    /** Whether responses wait in its line. */
    default boolean isBusy() {
        return false;
    }

    /** Why it gives no verdicts; empty while it does. */
    default Optional<Trouble> trouble() {
        return Optional.empty();
    }

    /** Where its model is asked; empty where it has none. */
    default Optional<String> address() {
        return Optional.empty();
    }
}
