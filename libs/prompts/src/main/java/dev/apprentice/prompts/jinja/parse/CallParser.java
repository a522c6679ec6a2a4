package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.node.Expression;
import dev.apprentice.prompts.jinja.node.Scope;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.parse.Token.Kind;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Parses the brackets after a value: a call's arguments, an index, a slice. */
final class CallParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    CallParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /**
     * A call's arguments in the template.
     *
     * @param list the argument after {@code *}; null for none
     * @param dict the argument after {@code **}; null for none
     */
    record Given(List<Expression> positional, Map<String, Expression> named, Expression list, Expression dict) {

        static final Given NONE = new Given(List.of(), Map.of(), null, null);

        static Given one(Expression argument) {
            return new Given(List.of(argument), Map.of(), null, null);
        }

        Arguments evaluate(Scope scope) {
            scope.budget().step();
            if (this == NONE) {
                return new Arguments(List.of(), Map.of());
            }
            List<Object> values = OperandParser.values(positional, scope);
            Map<String, Object> byName = new HashMap<>();
            named.forEach((name, value) -> byName.put(name, value.value(scope)));
            if (list != null) {
                values.addAll(Values.entries(list.value(scope), scope.budget()));
            }
            if (dict != null && dict.value(scope) instanceof Map<?, ?> map) {
                scope.budget().list(map.size());
                map.forEach((name, value) -> byName.put(word(name), value));
            }
            return new Arguments(values, byName);
        }

        private static String word(Object name) {
            if (name instanceof Text text) {
                return text.toString();
            }
            throw new TemplateException("the name of an argument after '**' is " + Values.kind(name) + "; it must be a string");
        }
    }

    /** Evaluates a value, and adds the line to an error that does not name a line yet. */
    static Object at(int line, Supplier<Object> value) {
        try {
            return value.get();
        } catch (TemplateException e) {
            throw e.getMessage().startsWith("line ") ? e : new TemplateException(line, e.getMessage());
        }
    }

    Expression call(Expression callee) {
        int line = tokens.line();
        Given given = arguments();
        return scope -> {
            Object function = callee.value(scope);
            Arguments arguments = given.evaluate(scope);
            return at(line, () -> {
                if (function instanceof Callable callable) {
                    return callable.call(arguments);
                }
                throw new TemplateException(Values.kind(function) + " cannot be called");
            });
        };
    }

    Given arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression list = null;
        Expression dict = null;
        while (!tokens.skipOperator(")")) {
            if (tokens.skipOperator("*")) {
                list = expressions.expression();
            } else if (tokens.skipOperator("**")) {
                dict = expressions.expression();
            } else if (tokens.now().kind() == Kind.NAME && tokens.after().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, expressions.expression());
            } else {
                positional.add(expressions.expression());
            }
            if (!tokens.skipOperator(",") && !tokens.now().isOperator(")")) {
                throw tokens.unexpected("',' or ')'");
            }
        }
        return new Given(positional, named, list, dict);
    }

    /** Parses an index or a slice, after the opening bracket. */
    Expression subscript(Expression whole) {
        int line = tokens.line();
        Expression from = tokens.now().isOperator(":") ? null : expressions.tuple(true);
        if (tokens.skipOperator("]")) {
            return scope -> {
                Object value = whole.value(scope);
                Object key = from.value(scope);
                scope.budget().step();
                return at(line, () -> Operators.item(value, key, scope.budget()));
            };
        }
        tokens.expectOperator(":");
        Expression to = bound();
        Expression step = tokens.skipOperator(":") ? bound() : null;
        tokens.expectOperator("]");
        return scope -> {
            Object value = whole.value(scope);
            Object first = value(from, scope);
            Object last = value(to, scope);
            Object by = value(step, scope);
            return at(line, () -> Operators.slice(value, first, last, by, scope.budget()));
        };
    }

    private Expression bound() {
        return tokens.now().isOperator(":") || tokens.now().isOperator("]") ? null : expressions.expression();
    }

    private static Object value(Expression bound, Scope scope) {
        return bound == null ? null : bound.value(scope);
    }
}
