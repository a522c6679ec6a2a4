/** The result of reading data: accepted entries, rejected entries with their reasons, or a refusal of the whole. */
package dev.apprentice.dataset.datasets.reading.outcome;
