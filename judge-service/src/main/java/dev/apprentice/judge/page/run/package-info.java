/** What the report page makes of runs: their rows with grades, and the command that repeats one. */
package dev.apprentice.judge.page.run;
