package dev.apprentice.judge.judges.pairwise;

/**
 * What a comparison is about; see {@link PairwiseResult} for the parts.
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
