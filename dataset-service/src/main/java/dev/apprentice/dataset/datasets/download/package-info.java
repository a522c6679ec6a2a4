/** Fetches data from an address that a client names, without access to this service's own network. */
package dev.apprentice.dataset.datasets.download;
