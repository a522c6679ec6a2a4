package dev.apprentice.cli.client.answer;

import java.util.List;

/**
 * A grading that was started again.
 *
 * @param run the run
 * @param responses how many responses are graded again
 * @param judges the judges that are asked
 */
public record Regraded(String run, int responses, List<String> judges) {}
