/** Fetches a dataset from an address that a client names, without reaching into the network it runs in. */
package dev.apprentice.dataset.datasets.download;
