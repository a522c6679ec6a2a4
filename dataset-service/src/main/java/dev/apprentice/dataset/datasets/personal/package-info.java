/** Finds personal data in texts, and replaces it by the name of its kind. */
package dev.apprentice.dataset.datasets.personal;
