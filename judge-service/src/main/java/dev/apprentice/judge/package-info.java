/**
 * Grades responses and reports on the grades.
 *
 * <p>The steps: {@code judges.grading} reads a response from its topic, {@code metrics} compares it with the reference answer,
 * {@code judges.judging} asks a judge model the question of {@code judges.rubric}, {@code report} aggregates the scores, and
 * {@code page} shows them. {@code run} and {@code responses} hold what Kafka's topics contain. The page does not depend on the
 * judges.
 */
package dev.apprentice.judge;
