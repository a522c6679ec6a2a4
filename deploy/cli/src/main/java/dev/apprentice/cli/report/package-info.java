/** What came of a run, for the eye: loss curve, scores, answers side by side. */
package dev.apprentice.cli.report;
