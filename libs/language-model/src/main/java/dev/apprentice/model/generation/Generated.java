package dev.apprentice.model.generation;

import java.util.Arrays;

/**
 * The continuation of a prompt.
 *
 * @param ids the new tokens only, without the stop id
 * @param reason why it ended
 */
public record Generated(int[] ids, Reason reason) {

    /** Why a row ended. */
    public enum Reason {
        /** The model chose a stop id. */
        STOP,
        /** The limit of new tokens, or the end of the model's context, was reached. */
        LENGTH,
        /** The listener returned false. */
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
