package dev.apprentice.judge.judges.pairwise;

/**
 * The subject of a comparison; see {@link PairwiseResult} for the components.
 *
 * @param questions examples that both have answered
 */
record PairwisePlan(
        String id,
        Contestant first,
        Contestant second,
        String judge,
        String model,
        String rubric,
        String rubricVersion,
        int questions) {}
