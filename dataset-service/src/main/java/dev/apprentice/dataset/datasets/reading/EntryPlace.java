package dev.apprentice.dataset.datasets.reading;

import java.util.Optional;

/**
 * Where an entry stands.
 *
 * @param file its file's name, where the data has several or came with its name
 * @param entry its place among the entries of its file, from 0
 * @param line the line it begins on, from 1; 0 where the format has no lines
 */
record EntryPlace(Optional<String> file, int entry, int line) {}
