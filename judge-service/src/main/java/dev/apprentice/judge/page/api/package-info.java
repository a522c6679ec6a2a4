/** Reports, responses and runs over HTTP: what the report page and the command line are made of. */
package dev.apprentice.judge.page.api;
