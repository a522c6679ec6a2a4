package dev.apprentice.prompts.jinja.parse;

/**
 * A token of a template.
 *
 * @param kind its kind
 * @param text its characters; for a string, its value without quotes and escapes
 * @param line its line, from 1
 */
record Token(Kind kind, String text, int line) {

    enum Kind {
        DATA,
        BLOCK_BEGIN,
        BLOCK_END,
        VARIABLE_BEGIN,
        VARIABLE_END,
        NAME,
        INTEGER,
        FLOAT,
        STRING,
        OPERATOR,
        END
    }

    boolean is(Kind other, String words) {
        return kind == other && text.equals(words);
    }

    boolean isOperator(String words) {
        return is(Kind.OPERATOR, words);
    }

    boolean isName(String words) {
        return is(Kind.NAME, words);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end of the template" : "'" + text + "'";
    }
}
