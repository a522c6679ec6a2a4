package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.builtin.Filter;
import dev.apprentice.prompts.jinja.builtin.Filters;
import dev.apprentice.prompts.jinja.builtin.Tests;
import dev.apprentice.prompts.jinja.node.Expression;
import dev.apprentice.prompts.jinja.node.Scope;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.parse.Token.Kind;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses operands: literals and names, with their attributes, calls, filters and tests. */
final class OperandParser {

    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and");

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final CallParser calls;

    OperandParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.calls = new CallParser(tokens, expressions);
    }

    static List<Object> values(List<Expression> expressions, Scope scope) {
        scope.budget().list(expressions.size());
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> values.add(expression.value(scope)));
        return values;
    }

    Expression unary(boolean filtered) {
        tokens.enter();
        Expression value;
        if (tokens.skipOperator("-")) {
            Expression positive = unary(false);
            value = scope -> Operators.negative(positive.value(scope));
        } else if (tokens.skipOperator("+")) {
            Expression number = unary(false);
            value = scope -> Operators.number(number.value(scope));
        } else {
            value = primary();
        }
        value = postfixed(value);
        value = filtered ? filtered(value) : value;
        tokens.leave();
        return value;
    }

    private Expression primary() {
        Token token = tokens.now();
        return switch (token.kind()) {
            case NAME -> name(tokens.next().text());
            case STRING -> string();
            case INTEGER -> constant(integer(tokens.next()));
            case FLOAT -> constant(Double.parseDouble(tokens.next().text()));
            case OPERATOR -> bracketed(token.text());
            default -> throw tokens.unexpected("a value");
        };
    }

    private static Expression constant(Object value) {
        return scope -> {
            scope.budget().step();
            return value;
        };
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> constant(true);
            case "false", "False" -> constant(false);
            case "none", "None" -> constant(null);
            default -> scope -> {
                scope.budget().step();
                return scope.get(name);
            };
        };
    }

    private static Object integer(Token token) {
        String digits = token.text();
        int base = digits.length() < 2 ? 10 : switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
        if (digits.length() > 1000) {
            throw new TemplateException(token.line(), "a number has more than 1000 digits");
        }
        return Numbers.normal(new BigInteger(base == 10 ? digits : digits.substring(2), base));
    }

    private Expression string() {
        StringBuilder text = new StringBuilder();
        while (tokens.now().kind() == Kind.STRING) {
            text.append(tokens.next().text());
        }
        return constant(Text.of(text.toString()));
    }

    private Expression bracketed(String bracket) {
        tokens.next();
        switch (bracket) {
            case "(" -> {
                if (tokens.skipOperator(")")) {
                    return constant(Tuple.of());
                }
                Expression value = expressions.tuple(true);
                tokens.expectOperator(")");
                return value;
            }
            case "[" -> {
                List<Expression> entries = new ArrayList<>();
                while (!tokens.skipOperator("]")) {
                    entries.add(expressions.expression());
                    separated("]");
                }
                return scope -> values(entries, scope);
            }
            case "{" -> {
                return dict();
            }
            default -> throw new TemplateException(tokens.line(), "found '" + bracket + "' where a value is expected");
        }
    }

    private void separated(String end) {
        if (!tokens.skipOperator(",") && !tokens.now().isOperator(end)) {
            throw tokens.unexpected("',' or '" + end + "'");
        }
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            keys.add(expressions.expression());
            tokens.expectOperator(":");
            values.add(expressions.expression());
            separated("}");
        }
        return scope -> {
            scope.budget().list(keys.size() * 8L); // an entry takes as much as a small list
            Map<Object, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Object key = Values.key(keys.get(i).value(scope), dict, scope.budget());
                dict.put(key, values.get(i).value(scope));
            }
            return dict;
        };
    }

    private Expression postfixed(Expression value) {
        Expression whole = value;
        while (true) {
            if (tokens.skipOperator(".")) {
                whole = attribute(whole);
            } else if (tokens.skipOperator("[")) {
                whole = calls.subscript(whole);
            } else if (tokens.now().isOperator("(")) {
                whole = calls.call(whole);
            } else {
                return whole;
            }
        }
    }

    private Expression attribute(Expression whole) {
        if (tokens.now().kind() == Kind.INTEGER) {
            Object index = integer(tokens.next());
            return scope -> Operators.item(whole.value(scope), index, scope.budget());
        }
        int line = tokens.line();
        String name = tokens.expectName();
        return scope -> {
            scope.budget().step();
            return CallParser.at(line, () -> Operators.attribute(whole.value(scope), name, scope.budget()));
        };
    }

    /** Parses the filters and tests after a value, whose results may be called again. */
    Expression filtered(Expression value) {
        Expression whole = value;
        while (true) {
            if (tokens.skipOperator("|")) {
                whole = filter(whole);
            } else if (tokens.skipName("is")) {
                whole = test(whole);
            } else if (tokens.now().isOperator("(")) {
                whole = calls.call(whole);
            } else {
                return whole;
            }
        }
    }

    Expression filter(Expression whole) {
        int line = tokens.line();
        Filter filter = Filters.of(line, dotted());
        CallParser.Given given = tokens.now().isOperator("(") ? calls.arguments() : CallParser.Given.NONE;
        return scope -> {
            Object value = whole.value(scope);
            Arguments arguments = given.evaluate(scope);
            return CallParser.at(line, () -> filter.apply(value, arguments, scope.budget()));
        };
    }

    private Expression test(Expression whole) {
        boolean negated = tokens.skipName("not");
        int line = tokens.line();
        Tests.Test test = Tests.of(line, dotted());
        CallParser.Given given = testArguments();
        return scope -> {
            Object value = whole.value(scope);
            Arguments arguments = given.evaluate(scope);
            return CallParser.at(line, () -> negated != test.holds(value, arguments, scope.budget()));
        };
    }

    private CallParser.Given testArguments() {
        Token token = tokens.now();
        if (token.isOperator("(")) {
            return calls.arguments();
        }
        boolean argument = switch (token.kind()) {
            case NAME -> !NO_ARGUMENT.contains(token.text()) && !token.text().equals("is") && !token.text().equals("if")
                    && !token.text().equals("not") && !token.text().equals("in") && !token.text().equals("recursive");
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
        return argument ? CallParser.Given.one(postfixed(primary())) : CallParser.Given.NONE;
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(tokens.expectName());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expectName());
        }
        return name.toString();
    }
}
