package dev.apprentice.chat.answer;

import java.util.Optional;

/**
 * The content of a judge's answer.
 *
 * @param score the score, within the rubric's scale
 * @param reason the reason, if the rubric asks for one
 */
public record Reading(double score, Optional<String> reason) {}
