package dev.apprentice.cli.client.answer;

import java.util.List;

/**
 * A grading that was begun anew.
 *
 * @param run the run
 * @param responses how many responses are graded anew
 * @param judges who is asked
 */
public record Regraded(String run, int responses, List<String> judges) {}
