package dev.apprentice.cli.command.option;

import dev.apprentice.local.CommandException;
import java.math.BigDecimal;

/** Checks the range of numeric options. */
public final class OptionRange {

    private OptionRange() {}

    /** @throws CommandException if the option's value is below the least or above the most */
    public static void within(String option, double value, int least, int most) {
        require(option, value, value >= least && value <= most, "from " + least + " to " + most);
    }

    /** @throws CommandException if the option's value is below the least */
    public static void atLeast(String option, double value, int least) {
        require(option, value, value >= least, "at least " + least);
    }

    private static void require(String option, double value, boolean good, String bounds) {
        if (!good) {
            String said = Double.isFinite(value) ? new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString() : "" + value;
            throw new CommandException(option + " is " + said + "; it must be " + bounds + ".");
        }
    }
}
