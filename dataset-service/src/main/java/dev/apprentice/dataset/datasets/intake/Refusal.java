package dev.apprentice.dataset.datasets.intake;

import java.util.Optional;

/**
 * Why a line cannot be used.
 *
 * @param line counted from 1
 * @param field the field at fault; empty if it is the line as a whole
 * @param message what is wrong and what was expected
 */
public record Refusal(long line, Optional<String> field, String message) {}
