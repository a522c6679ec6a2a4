/** Personal data in texts: found, and replaced by its kind. */
package dev.apprentice.dataset.datasets.personal;
