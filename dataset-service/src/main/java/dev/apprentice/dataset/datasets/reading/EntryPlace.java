package dev.apprentice.dataset.datasets.reading;

import java.util.Optional;

/**
 * The place of an entry.
 *
 * @param file its file's name, if the data has several files or came with a file name
 * @param entry its index among the entries of its file, from 0
 * @param line the line that it begins on, from 1; 0 if the format has no lines
 */
record EntryPlace(Optional<String> file, int entry, int line) {}
