package dev.apprentice.chat.answer;

import java.util.Optional;

/**
 * What a judge's answer says.
 *
 * @param score within the rubric's scale
 * @param reason why, where the rubric asks for a reason
 */
public record Reading(double score, Optional<String> reason) {}
