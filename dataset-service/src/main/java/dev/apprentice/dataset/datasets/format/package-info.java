/** Takes files apart into entries, whatever kind they are of: packed, tables, pages, folders. */
package dev.apprentice.dataset.datasets.format;
