package dev.apprentice.judge.judges.pairwise;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * A checkpoint that is compared.
 *
 * @param run its run
 * @param step its step; 0 is the base model
 */
public record Contestant(@NotBlank String run, @NotNull @Min(0) Integer step) {

    @Override
    public String toString() {
        return run + "@" + step;
    }
}
