package dev.apprentice.model.generation;

/** Receives a row's text as soon as it is certain, and can end the row. */
@FunctionalInterface
public interface TextListener {

    /** Ignores the text and ends no row. */
    TextListener NONE = (row, text) -> true;

    /**
     * Receives more text of a row.
     *
     * @param row place of its prompt in the list
     * @param text the new text, never empty. All pieces together are the row's text; no piece has a part of a stop string or an
     *     incomplete character
     * @return whether the row continues
     */
    boolean onText(int row, String text);
}
