/** A run as a file: its keys, reading it with the place of each mistake, and writing it. */
package dev.apprentice.cli.recipe;
