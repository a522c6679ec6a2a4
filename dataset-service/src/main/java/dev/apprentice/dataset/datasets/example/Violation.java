package dev.apprentice.dataset.datasets.example;

import java.util.Optional;

/**
 * Why an entry of uploaded data cannot be used.
 *
 * @param entry its place among the entries, from 0
 * @param line the line it begins on, from 1
 * @param field the field at fault; empty where it is the entry as a whole
 * @param message what is wrong and what was expected
 */
public record Violation(int entry, int line, Optional<String> field, String message) {}
