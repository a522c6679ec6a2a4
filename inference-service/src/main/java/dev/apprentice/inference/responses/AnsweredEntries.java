package dev.apprentice.inference.responses;

import java.util.List;

/**
 * A checkpoint's answers so far.
 *
 * @param entries in the order of the exam
 * @param of number of questions of the exam
 */
public record AnsweredEntries(List<TextbookEntry> entries, int of) {}
