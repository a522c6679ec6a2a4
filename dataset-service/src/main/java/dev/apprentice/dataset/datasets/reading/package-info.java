/** What data says becomes examples: entry by entry, with a reason for each that cannot. */
package dev.apprentice.dataset.datasets.reading;
