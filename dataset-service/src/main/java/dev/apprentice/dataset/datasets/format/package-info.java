/** Takes files of all kinds apart into entries: packed, tables, pages, folders. */
package dev.apprentice.dataset.datasets.format;
