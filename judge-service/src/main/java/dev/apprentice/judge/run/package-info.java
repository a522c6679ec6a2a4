/** What the log tells of runs: their state, curves, checkpoints and way through the services. */
package dev.apprentice.judge.run;
