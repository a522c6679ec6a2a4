/** What the report page shows and offers. It only reads: it knows the scores and reports, and nothing of the judges. */
package dev.apprentice.judge.page;
