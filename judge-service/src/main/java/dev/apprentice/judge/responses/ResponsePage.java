package dev.apprentice.judge.responses;

import java.util.List;

/**
 * One page of a checkpoint's responses.
 *
 * @param total responses of the checkpoint
 * @param matching how many of them match the query
 * @param offset how many of those come before this page
 * @param responses the responses on this page
 */
public record ResponsePage(int total, int matching, int offset, List<ScoredResponse> responses) {}
