/**
 * Reference metrics: how close responses are to reference answers, and what else can be measured without a judge.
 *
 * <p>{@link dev.apprentice.judge.metrics.ReferenceMetrics} computes values of one response, and
 * {@link dev.apprentice.judge.metrics.ExamFigure} figures of a whole exam.
 */
package dev.apprentice.judge.metrics;
