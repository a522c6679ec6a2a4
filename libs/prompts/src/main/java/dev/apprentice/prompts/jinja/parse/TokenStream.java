package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.parse.Token.Kind;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.util.List;

/** A template's tokens, read in order, with a limit on the nesting. */
final class TokenStream {

    private static final int NESTING = 120;

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token now() {
        return tokens.get(at);
    }

    Token after() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = now();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    int line() {
        return now().line();
    }

    boolean skipOperator(String operator) {
        return skip(now().isOperator(operator));
    }

    boolean skipName(String name) {
        return skip(now().isName(name));
    }

    private boolean skip(boolean there) {
        if (there) {
            next();
        }
        return there;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    String expectName() {
        if (now().kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return next().text();
    }

    void expect(Kind kind, String what) {
        if (now().kind() != kind) {
            throw unexpected(what);
        }
        next();
    }

    TemplateException unexpected(String expected) {
        return new TemplateException(line(), "found " + now() + " where " + expected + " belongs");
    }

    void enter() {
        if (++depth > NESTING) {
            throw new TemplateException(line(), "the template is nested more than " + NESTING + " deep");
        }
    }

    void leave() {
        depth--;
    }
}
