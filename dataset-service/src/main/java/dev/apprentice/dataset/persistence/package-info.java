/** Durable files, locks, event producers and retried work, on which the rest of the service relies. */
package dev.apprentice.dataset.persistence;
