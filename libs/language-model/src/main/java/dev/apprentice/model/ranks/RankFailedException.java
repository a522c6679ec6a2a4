package dev.apprentice.model.ranks;

import dev.apprentice.model.ModelException;

/** Some rank could not do its part, so that none of the ranks did what was to be done together. All of them can go on. */
public final class RankFailedException extends ModelException {

    public RankFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
