package dev.apprentice.cli.command.data;

import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.local.CommandException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Data and how often it is learned, as a user writes it: {@code FILE} or {@code FILE=WEIGHT}.
 *
 * @param text of the place alone
 * @param weight empty where none is given
 */
public record WeightedPlace(String text, Optional<Double> weight) {

    /** In the query of an address a sign has its own meaning. */
    private static final Pattern WEIGHTED = Pattern.compile("([^?]+)=(\\d{1,9}(?:\\.\\d{1,9})?)");

    /** @throws CommandException if the weight is out of its bounds */
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
