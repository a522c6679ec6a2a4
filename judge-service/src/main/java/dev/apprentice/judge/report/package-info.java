/** Aggregates scores to a report on each checkpoint. */
package dev.apprentice.judge.report;
