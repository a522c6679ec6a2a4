/** Runs as the log has them: their state, curves, checkpoints and way through the services. */
package dev.apprentice.judge.run;
