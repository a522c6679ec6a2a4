package dev.apprentice.judge.page.agreement;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * Another score of a response, such as a person's.
 *
 * @param example the example's id
 * @param score on any scale, higher being better
 */
public record OtherScore(@NotBlank String example, @NotNull Double score) {}
