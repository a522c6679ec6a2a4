/** Runs as the report page shows them: their rows with grades, and the command that repeats one. */
package dev.apprentice.judge.page.run;
