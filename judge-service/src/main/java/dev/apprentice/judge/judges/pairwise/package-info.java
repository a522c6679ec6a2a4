/**
 * Compares two checkpoints: a judge model compares their answers to each example, in both orders.
 *
 * <p>An outcome that flips with the order tells more about the judge than about the answers, so it counts as a tie. The judge's
 * preference for a position is reported as position bias (Zheng et al., "Judging LLM-as-a-Judge", 2023).
 */
package dev.apprentice.judge.judges.pairwise;
