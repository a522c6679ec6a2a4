/** How entries are laid out: which fields say what, for each form that instruction data comes in. */
package dev.apprentice.dataset.datasets.layout;
