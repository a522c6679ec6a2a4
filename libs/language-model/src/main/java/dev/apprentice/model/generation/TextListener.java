package dev.apprentice.model.generation;

/** Hears of a row's text as soon as it is certain, and can end a row. */
@FunctionalInterface
public interface TextListener {

    /** Wants to hear nothing, and lets every row go on. */
    TextListener NONE = (row, text) -> true;

    /**
     * @param row place of its prompt in the list
     * @param text what is new, never empty. All pieces together are the row's text: no part of a stop string, nor half a
     *     character, is ever among them
     * @return whether the row goes on
     */
    boolean onText(int row, String text);
}
