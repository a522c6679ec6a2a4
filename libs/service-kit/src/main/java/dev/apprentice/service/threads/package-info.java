/** Threads of a service's own: they go on after any failure, and health tells when one does not. */
package dev.apprentice.service.threads;
