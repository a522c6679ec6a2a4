/** Checks that every service applies to a request before its own code sees it, and strict reading of bodies. */
package dev.apprentice.service.http;
