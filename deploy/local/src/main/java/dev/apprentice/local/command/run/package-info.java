/** Commands for runs: begin, follow, end, report. */
package dev.apprentice.local.command.run;
