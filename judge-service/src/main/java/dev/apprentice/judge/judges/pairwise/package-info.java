/**
 * Which of two checkpoints answers better, asked of a judge model answer by answer and in both orders.
 *
 * <p>An outcome that flips with the order says more about the judge than about the answers: it counts as a tie, and how often
 * that happens is reported as position bias (Zheng et al., "Judging LLM-as-a-Judge", 2023).
 */
package dev.apprentice.judge.judges.pairwise;
