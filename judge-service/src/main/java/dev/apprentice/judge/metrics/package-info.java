/**
 * How near responses are to reference answers, and what else their texts show without a judge.
 *
 * <p>Values of one response come from {@link dev.apprentice.judge.metrics.ReferenceMetrics}, figures of a whole exam from
 * {@link dev.apprentice.judge.metrics.ExamFigure}.
 */
package dev.apprentice.judge.metrics;
