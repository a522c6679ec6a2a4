/**
 * The judges: {@code grading} does the work, {@code judging} asks a judge, {@code rubric} has the question and reads the answer.
 */
package dev.apprentice.judge.judges;
