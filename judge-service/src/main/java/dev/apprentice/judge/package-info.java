/**
 * Grades responses and reports on the grades.
 *
 * <p>The way through: {@code judges.grading} takes a response from its topic, {@code metrics} compares it with the reference
 * answer, {@code judges.judging} asks a judge model what {@code judges.rubric} words, {@code report} adds the scores up,
 * {@code page} shows them. {@code run} and {@code responses} hold what the log has; the page knows nothing of the judges.
 */
package dev.apprentice.judge;
