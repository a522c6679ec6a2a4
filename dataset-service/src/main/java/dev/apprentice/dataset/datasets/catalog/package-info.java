/** The datasets that there are: their examples, their changes, and what is on disk after a crash. */
package dev.apprentice.dataset.datasets.catalog;
