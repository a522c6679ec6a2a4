package dev.apprentice.cli.command.data;

import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.local.CommandException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Data with the weight of its examples, as a user writes it: {@code FILE} or {@code FILE=WEIGHT}.
 *
 * @param text the location alone
 * @param weight empty if none is given
 */
public record WeightedPlace(String text, Optional<Double> weight) {

    /** Excludes texts with a {@code ?}, since an equals sign in an address's query does not set a weight. */
    private static final Pattern WEIGHTED = Pattern.compile("([^?]+)=(\\d{1,9}(?:\\.\\d{1,9})?)");

    /** Reads a location with an optional weight. @throws CommandException if the weight is out of range */
    public static WeightedPlace of(String text) {
        Matcher matcher = WEIGHTED.matcher(text);
        if (!matcher.matches()) {
            return new WeightedPlace(text, Optional.empty());
        }
        double weight = Double.parseDouble(matcher.group(2));
        if (weight <= 0 || weight > DataSource.MOST_WEIGHT) {
            throw new CommandException("The weight of " + matcher.group(1) + " is " + matcher.group(2)
                    + "; it must be above 0 and at most " + (int) DataSource.MOST_WEIGHT + ".");
        }
        return new WeightedPlace(matcher.group(1), Optional.of(weight));
    }
}
