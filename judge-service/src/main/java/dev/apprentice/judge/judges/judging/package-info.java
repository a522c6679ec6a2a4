/** The judges: models behind a server and reference metrics, which grade one response at a time. */
package dev.apprentice.judge.judges.judging;
