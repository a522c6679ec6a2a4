/** A run's results for people: loss curve, scores, answers side by side. */
package dev.apprentice.cli.report;
