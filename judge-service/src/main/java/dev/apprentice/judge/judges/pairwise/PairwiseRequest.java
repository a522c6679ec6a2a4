package dev.apprentice.judge.judges.pairwise;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A request to compare two checkpoints.
 *
 * @param first the checkpoint whose wins are counted, such as the tuned model
 * @param second the other, such as step 0
 * @param judge a judge, {@code [SERVER:]MODEL[@RUBRIC]}; if absent, the first of the configured ones
 */
public record PairwiseRequest(
        @NotNull @Valid Contestant first,
        @NotNull @Valid Contestant second,
        @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") String judge) {}
