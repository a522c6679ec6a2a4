/** Threads of a service's own: they go on whatever goes wrong, and health tells when one does not. */
package dev.apprentice.service.threads;
