package dev.apprentice.model.generation;

/** Receives each token as soon as it is chosen, and can end a row, for example when a stop string is complete. */
@FunctionalInterface
public interface TokenListener {

    /** Ignores the tokens and ends no row. */
    TokenListener NONE = (row, id, logProbability) -> true;

    /**
     * Receives a token.
     *
     * @param row place of its prompt in the list
     * @param id the new token; never a stop id
     * @param logProbability its natural logarithm, before penalty, temperature and filters; may be NaN for {@link #NONE}
     * @return whether the row continues
     */
    boolean onToken(int row, int id, double logProbability);
}
