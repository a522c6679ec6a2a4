package dev.apprentice.prompts.jinja.value;

/**
 * What a name stands for that nothing defines. It is empty text, false, and an error in everything else.
 *
 * @param reason such as {@code 'x' is undefined}
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
