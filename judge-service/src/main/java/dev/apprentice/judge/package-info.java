/**
 * Grades responses and reports on the grades.
 *
 * <p>The way through: {@code grading} takes a response from its topic, {@code metrics} compares it with the reference
 * answer, {@code judging} asks a judge model, {@code report} adds the scores up, {@code api} tells who asks.
 */
package dev.apprentice.judge;
