package dev.apprentice.contracts.settings;

import java.util.List;

/**
 * A setting's value that breaks a rule.
 *
 * @param path the names that lead to the setting from the checked record, such as {@code lora}, {@code rank}
 * @param rule the broken rule, such as {@code must be at least 1}
 */
public record Objection(List<String> path, String rule) {

    public Objection {
        path = List.copyOf(path);
    }
}
