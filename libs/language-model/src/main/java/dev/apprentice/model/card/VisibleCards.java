package dev.apprentice.model.card;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The graphics cards that {@code CUDA_VISIBLE_DEVICES} leaves visible.
 *
 * @see <a href="https://docs.nvidia.com/cuda/cuda-c-programming-guide/index.html#cuda-environment-variables">CUDA's variables</a>
 */
public final class VisibleCards {

    public static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

    /** An index, or the beginning of an identifier. */
    private static final Pattern CARD = Pattern.compile("\\d+|(GPU|MIG)-.+");

    private VisibleCards() {}

    /**
     * Returns the entries of the visible cards. Like CUDA, hides an entry that is no card, such as an empty one or -1, and all
     * after it.
     *
     * @return empty if the variable is not set, and all cards are visible
     */
    public static Optional<List<String>> in(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE)).map(entries -> Arrays.stream(entries.split(","))
                .map(String::strip)
                .takeWhile(entry -> CARD.matcher(entry).matches())
                .toList());
    }
}
