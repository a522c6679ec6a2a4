/** Tables of numbers that may be larger than memory. */
package dev.apprentice.dataset.table;
