/** Splits files of all formats into entries: compressed files, tables, pages, folders. */
package dev.apprentice.dataset.datasets.format;
