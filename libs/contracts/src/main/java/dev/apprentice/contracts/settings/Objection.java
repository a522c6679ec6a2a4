package dev.apprentice.contracts.settings;

import java.util.List;

/**
 * What is wrong with a setting.
 *
 * @param path the names that lead to it from the record that was looked at, such as {@code lora}, {@code rank}
 * @param rule what it must be, such as {@code must be at least 1}
 */
public record Objection(List<String> path, String rule) {

    public Objection {
        path = List.copyOf(path);
    }
}
