/** The judges: models behind a server and reference metrics, each asked about one response. */
package dev.apprentice.judge.judges.judging;
