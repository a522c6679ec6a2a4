package dev.apprentice.prompts.jinja.value;

/**
 * The value of an undefined name. It renders as empty text and counts as false; most other uses are errors.
 *
 * @param reason why it is undefined, such as {@code 'x' is undefined}
 */
public record Undefined(String reason) {

    public static Undefined name(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    public TemplateException used() {
        return new TemplateException(reason);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
