package dev.apprentice.model.generation;

/** Hears of each token as soon as it is there, and can end a row, for example because a stop string is complete. */
@FunctionalInterface
public interface TokenListener {

    /** Wants to hear nothing, and lets every row go on. */
    TokenListener NONE = (row, id, logProbability) -> true;

    /**
     * @param row place of its prompt in the list
     * @param id the new token; never a stop id
     * @param logProbability its natural logarithm, before penalty, temperature and filters
     * @return whether the row goes on
     */
    boolean onToken(int row, int id, double logProbability);
}
