package dev.apprentice.inference.responses;

import java.util.List;

/**
 * A checkpoint's answers so far.
 *
 * @param entries in the order of the exam
 * @param of how many questions the exam has
 */
public record AnsweredEntries(List<TextbookEntry> entries, int of) {}
