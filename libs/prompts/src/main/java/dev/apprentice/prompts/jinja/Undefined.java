package dev.apprentice.prompts.jinja;

/**
 * What a name stands for that nothing defines. It is empty text, false, and an error in everything else.
 *
 * @param reason such as {@code 'x' is undefined}
 */
record Undefined(String reason) {

    static Undefined name(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    TemplateException used() {
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
