package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;

/** A filter, which a template applies with {@code value | filter(arguments)}. */
@FunctionalInterface
public interface Filter {

    Object apply(Object value, Arguments arguments, Budget budget);
}
