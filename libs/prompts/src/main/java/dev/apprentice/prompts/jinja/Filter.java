package dev.apprentice.prompts.jinja;

/** {@code value | filter(arguments)} */
@FunctionalInterface
interface Filter {

    Object apply(Object value, Arguments arguments, Budget budget);
}
