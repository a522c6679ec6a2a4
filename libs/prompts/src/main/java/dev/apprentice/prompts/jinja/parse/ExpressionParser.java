package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.node.Expression;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.parse.Token.Kind;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses expressions with Jinja2's grammar: {@code or}, {@code and}, {@code not}, comparisons, {@code + -}, {@code ~},
 * {@code * / // %}, {@code **}.
 */
final class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

    private final TokenStream tokens;
    private final OperandParser operands;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this);
    }

    Expression expression() {
        tokens.enter();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            Expression chosen = value;
            Expression otherwise = tokens.skipName("else")
                    ? expression()
                    : scope -> new Undefined("the inline if-expression has no else");
            value = scope -> (Values.isTrue(condition.value(scope)) ? chosen : otherwise).value(scope);
        }
        tokens.leave();
        return value;
    }

    /**
     * Parses an expression, or several with commas between them, which form a tuple.
     *
     * @param conditional whether the expression may contain {@code if}
     */
    Expression tuple(boolean conditional) {
        Expression first = conditional ? expression() : or();
        if (!tokens.now().isOperator(",")) {
            return first;
        }
        List<Expression> values = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && !endsTuple()) {
            values.add(conditional ? expression() : or());
        }
        return scope -> new Tuple(OperandParser.values(values, scope));
    }

    private boolean endsTuple() {
        Token token = tokens.now();
        return token.kind() == Kind.BLOCK_END || token.kind() == Kind.VARIABLE_END || token.isOperator(")") || token.isOperator("]");
    }

    Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            Expression one = left;
            Expression other = and();
            left = scope -> {
                Object value = one.value(scope);
                return Values.isTrue(value) ? value : other.value(scope);
            };
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            Expression one = left;
            Expression other = not();
            left = scope -> {
                Object value = one.value(scope);
                return Values.isTrue(value) ? other.value(scope) : value;
            };
        }
        return left;
    }

    private Expression not() {
        if (!tokens.skipName("not")) {
            return comparison();
        }
        tokens.enter();
        Expression value = not();
        tokens.leave();
        return scope -> !Values.isTrue(value.value(scope));
    }

    /** Parses a comparison. As in Python, {@code 1 < 2 < 3} is true if both comparisons are. */
    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> operandsBehind = new ArrayList<>();
        for (String operator = comparisonOperator(); operator != null; operator = comparisonOperator()) {
            operators.add(operator);
            operandsBehind.add(sum());
        }
        if (operators.isEmpty()) {
            return first;
        }
        return scope -> {
            Object left = first.value(scope);
            for (int i = 0; i < operators.size(); i++) {
                Object right = operandsBehind.get(i).value(scope);
                if (!Operators.compare(operators.get(i), left, right, scope.budget())) {
                    return false;
                }
                left = right;
            }
            return true;
        };
    }

    private String comparisonOperator() {
        Token token = tokens.now();
        if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
            return tokens.next().text();
        }
        if (tokens.skipName("in")) {
            return "in";
        }
        if (token.isName("not") && tokens.after().isName("in")) {
            tokens.next();
            tokens.next();
            return "not in";
        }
        return null;
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.now().kind() == Kind.OPERATOR && SUMS.contains(tokens.now().text())) {
            left = calculation(left, tokens.next(), concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (tokens.skipOperator("~")) {
            Expression one = left;
            Expression other = product();
            left = scope -> new TextBuilder(scope.budget())
                    .append(Values.text(one.value(scope), scope.budget()))
                    .append(Values.text(other.value(scope), scope.budget()))
                    .build();
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (tokens.now().kind() == Kind.OPERATOR && PRODUCTS.contains(tokens.now().text())) {
            left = calculation(left, tokens.next(), power());
        }
        return left;
    }

    private Expression power() {
        Expression left = operands.unary(true);
        while (tokens.now().isOperator("**")) {
            left = calculation(left, tokens.next(), operands.unary(true));
        }
        return left;
    }

    private static Expression calculation(Expression left, Token operator, Expression right) {
        return scope -> {
            scope.budget().step();
            try {
                return Operators.calculate(operator.text(), left.value(scope), right.value(scope), scope.budget());
            } catch (ArithmeticException e) {
                throw new TemplateException(operator.line(), "'" + operator.text() + "' cannot be calculated: " + e.getMessage());
            }
        };
    }
}
