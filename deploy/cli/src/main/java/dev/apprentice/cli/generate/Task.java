package dev.apprentice.cli.generate;

import dev.apprentice.cli.generate.file.Made;

/**
 * What models are asked about each piece of work.
 *
 * @param <T> a piece of work
 */
interface Task<T> {

    /** Returns an id that is equal in every call of the command. A piece whose id is done is not done again. */
    String id(T piece);

    /** Returns the place of the piece, for a person. */
    String place(T piece);

    /** Asks the models; must be thread-safe. Throws what {@link AskedModel#ask} throws. */
    Made make(T piece);

    /** Returns the result for a piece whose answer is unusable. @param reason the reason, as text */
    Made unanswered(T piece, String reason);
}
