/** What lets the service keep its word: files that last, events that arrive, work that is not given up. */
package dev.apprentice.dataset.persistence;
