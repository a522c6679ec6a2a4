/** What every service asks of a request before its own code sees it, and how strictly a body is read. */
package dev.apprentice.service.http;
