/** Commands for runs: begin, follow, end, report. */
package dev.apprentice.cli.command.run;
