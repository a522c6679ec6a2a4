/** A run as a file: the keys it has, how it is read with the place of each mistake, and how it is written. */
package dev.apprentice.cli.recipe;
