/** What the report page shows of runs: their state, curves, checkpoints and way through the services. */
package dev.apprentice.judge.run;
