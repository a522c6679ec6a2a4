package dev.apprentice.model.generation;

/**
 * What a row became.
 *
 * @param ids the new tokens only; the stop id is not in it
 * @param reason why it ended
 */
public record Generated(int[] ids, Reason reason) {

    public enum Reason {
        STOP,
        LENGTH
    }
}
