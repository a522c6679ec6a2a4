package dev.apprentice.cli.generate;

import dev.apprentice.cli.generate.file.Made;

/**
 * What models are asked about each piece of work.
 *
 * @param <T> a piece of work
 */
interface Task<T> {

    /** A name that a piece has in every call of the command: what is done under it is not done again. */
    String id(T piece);

    /** Where it stands, for a person. */
    String place(T piece);

    /** Asks the models; several threads may do so at once. Throws what {@link AskedModel#ask} throws. */
    Made make(T piece);

    /** What comes of a piece that the model has answered with what nothing can be made of. @param reason in words */
    Made unanswered(T piece, String reason);
}
