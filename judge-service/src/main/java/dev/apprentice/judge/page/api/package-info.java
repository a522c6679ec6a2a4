/** Reports, responses and runs over HTTP, for the report page and the command line. */
package dev.apprentice.judge.page.api;
