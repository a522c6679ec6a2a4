/** Threads of a service, which go on after any failure, and health checks that detect one that does not. */
package dev.apprentice.service.threads;
