package dev.apprentice.model.generation;

import java.util.Arrays;

/**
 * What a row became.
 *
 * @param ids the new tokens only; the stop id is not in it
 * @param reason why it ended
 */
public record Generated(int[] ids, Reason reason) {

    /** Why a row ended. */
    public enum Reason {
        /** The model chose a stop id. */
        STOP,
        /** The limit of new tokens, or the end of the model's context, was reached. */
        LENGTH,
        /** The listener wanted no more. */
        CANCELLED
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Generated that && Arrays.equals(ids, that.ids) && reason == that.reason;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + reason.hashCode();
    }

    @Override
    public String toString() {
        return "Generated[" + Arrays.toString(ids) + ", " + reason + "]";
    }
}
