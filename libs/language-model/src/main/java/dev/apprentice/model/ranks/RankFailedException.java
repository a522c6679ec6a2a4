package dev.apprentice.model.ranks;

import dev.apprentice.model.ModelException;

/** Thrown if a rank could not do its part of a common task, so that no rank did the task. All ranks can continue. */
public final class RankFailedException extends ModelException {

    public RankFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
