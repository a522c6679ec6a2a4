/** Commands for runs: start, follow, stop, report. */
package dev.apprentice.cli.command.run;
