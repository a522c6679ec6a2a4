package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.node.AssignmentTarget;
import dev.apprentice.prompts.jinja.node.Expression;
import dev.apprentice.prompts.jinja.node.ForStatement;
import dev.apprentice.prompts.jinja.node.Macro;
import dev.apprentice.prompts.jinja.node.Scope;
import dev.apprentice.prompts.jinja.node.Statement;
import dev.apprentice.prompts.jinja.node.Statement.Flow;
import dev.apprentice.prompts.jinja.parse.Token.Kind;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses a template. */
public final class TemplateParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final OperandParser operands;
    private final TargetParser targets;
    private int loops;

    private TemplateParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
        this.operands = new OperandParser(tokens, expressions);
        this.targets = new TargetParser(tokens);
    }

    public static Statement parse(String template) {
        TemplateParser parser = new TemplateParser(new TokenStream(Lexer.tokens(template)));
        Statement all = parser.body();
        if (parser.tokens.now().kind() != Kind.END) {
            throw parser.tokens.unexpected("a statement");
        }
        return all;
    }

    /** Parses statements up to one of these names, which is then the next token, or up to the template's end. */
    private Statement body(String... ends) {
        tokens.enter();
        List<Statement> statements = new ArrayList<>();
        while (tokens.now().kind() != Kind.END && !ends(ends)) {
            statements.add(statement());
        }
        if (ends.length > 0 && tokens.now().kind() == Kind.END) {
            throw tokens.unexpected("'{% " + ends[ends.length - 1] + " %}'");
        }
        if (ends.length > 0) {
            tokens.next();
        }
        tokens.leave();
        return Statement.all(statements);
    }

    private boolean ends(String... ends) {
        return tokens.now().kind() == Kind.BLOCK_BEGIN && List.of(ends).contains(tokens.after().text());
    }

    private Statement statement() {
        Token token = tokens.next();
        switch (token.kind()) {
            case DATA -> {
                Text data = Text.of(token.text());
                return (scope, out) -> {
                    out.write(data);
                    return Flow.ON;
                };
            }
            case VARIABLE_BEGIN -> {
                Expression value = expressions.tuple(true);
                tokens.expect(Kind.VARIABLE_END, "'}}'");
                return (scope, out) -> {
                    out.write(Values.text(value.value(scope), scope.budget()));
                    return Flow.ON;
                };
            }
            default -> {
                return block(tokens.line(), tokens.expectName());
            }
        }
    }

    private Statement block(int line, String name) {
        return switch (name) {
            case "if" -> condition();
            case "for" -> loop();
            case "set" -> assignment();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> filterBlock();
            case "with" -> with();
            case "generation" -> generation();
            case "break", "continue" -> jump(line, name);
            default -> throw new TemplateException(line, "'" + name + "' is a statement that chat templates do not support");
        };
    }

    private void end() {
        tokens.expect(Kind.BLOCK_END, "'%}'");
    }

    /** Parses a body and the tag that closes it. */
    private Statement bodyUntil(String end) {
        end();
        Statement body = body(end);
        tokens.next();
        end();
        return body;
    }

    private Statement condition() {
        Expression condition = expressions.tuple(true);
        end();
        Statement body = body("elif", "else", "endif");
        String next = tokens.expectName();
        Statement otherwise;
        if (next.equals("elif")) {
            tokens.enter();
            otherwise = condition();
            tokens.leave();
        } else if (next.equals("else")) {
            otherwise = bodyUntil("endif");
        } else {
            end();
            otherwise = Statement.all(List.of());
        }
        return (scope, out) -> (Values.isTrue(condition.value(scope)) ? body : otherwise).run(scope, out);
    }

    private Statement loop() {
        AssignmentTarget target = targets.until("in");
        if (!tokens.skipName("in")) {
            throw tokens.unexpected("'in'");
        }
        Expression entries = expressions.tuple(false);
        Expression filter = tokens.skipName("if") ? expressions.expression() : null;
        boolean recursive = tokens.skipName("recursive");
        end();
        loops++;
        Statement body = body("else", "endfor");
        loops--;
        Statement otherwise = null;
        if (tokens.expectName().equals("else")) {
            otherwise = bodyUntil("endfor");
        } else {
            end();
        }
        return new ForStatement(target, entries, filter, recursive, body, otherwise);
    }

    private Statement assignment() {
        AssignmentTarget target = targets.until("=");
        if (tokens.skipOperator("=")) {
            Expression value = expressions.tuple(true);
            end();
            return (scope, out) -> {
                target.assign(scope, value.value(scope));
                return Flow.ON;
            };
        }
        Statement[] body = new Statement[1];
        Expression filtered = operands.filtered(scope -> body[0].capture(scope.inner()));
        body[0] = bodyUntil("endset");
        return (scope, out) -> {
            target.assign(scope, filtered.value(scope));
            return Flow.ON;
        };
    }

    private List<Macro.Parameter> parameters() {
        List<Macro.Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            String name = tokens.expectName();
            parameters.add(new Macro.Parameter(name, tokens.skipOperator("=") ? expressions.expression() : null));
            if (!tokens.skipOperator(",") && !tokens.now().isOperator(")")) {
                throw tokens.unexpected("',' or ')'");
            }
        }
        return parameters;
    }

    /** Parses the body of a macro. A {@code break} in it cannot end a loop around the macro. */
    private Statement macroBody(String end) {
        int outside = loops;
        loops = 0;
        Statement body = bodyUntil(end);
        loops = outside;
        return body;
    }

    private Statement macro() {
        String name = tokens.expectName();
        List<Macro.Parameter> parameters = parameters();
        Statement body = macroBody("endmacro");
        return (scope, out) -> {
            scope.set(name, new Macro(name, parameters, body, scope));
            return Flow.ON;
        };
    }

    private Statement callBlock() {
        List<Macro.Parameter> parameters = tokens.now().isOperator("(") ? parameters() : List.of();
        Expression call = callWith(parameters);
        return (scope, out) -> {
            out.write(Values.text(call.value(scope), scope.budget()));
            return Flow.ON;
        };
    }

    private Expression callWith(List<Macro.Parameter> parameters) {
        int line = tokens.line();
        String name = tokens.expectName();
        CallParser.Given given = new CallParser(tokens, expressions).arguments();
        Statement body = macroBody("endcall");
        return scope -> {
            Arguments arguments = given.evaluate(scope);
            Map<String, Object> named = new LinkedHashMap<>(arguments.named());
            named.put("caller", new Macro("caller", parameters, body, scope));
            if (!(scope.get(name) instanceof Macro macro)) {
                throw new TemplateException(line, "'" + name + "' is not a macro");
            }
            return macro.call(new Arguments(arguments.positional(), named));
        };
    }

    private Statement filterBlock() {
        Statement[] body = new Statement[1];
        Expression filtered = operands.filtered(operands.filter(scope -> body[0].capture(scope.inner())));
        body[0] = bodyUntil("endfilter");
        return (scope, out) -> {
            out.write(Values.text(filtered.value(scope), scope.budget()));
            return Flow.ON;
        };
    }

    private Statement with() {
        Map<String, Expression> names = new LinkedHashMap<>();
        while (tokens.now().kind() != Kind.BLOCK_END) {
            String name = tokens.expectName();
            tokens.expectOperator("=");
            names.put(name, expressions.expression());
            tokens.skipOperator(",");
        }
        Statement body = bodyUntil("endwith");
        return (scope, out) -> {
            Scope inner = scope.inner();
            names.forEach((name, value) -> inner.set(name, value.value(scope)));
            return body.run(inner, out);
        };
    }

    private Statement generation() {
        Statement body = bodyUntil("endgeneration");
        return (scope, out) -> {
            int from = out.length();
            Flow flow = body.run(scope.inner(), out);
            out.generated(from);
            return flow;
        };
    }

    private Statement jump(int line, String name) {
        if (loops == 0) {
            throw new TemplateException(line, "'" + name + "' is only valid in a loop");
        }
        end();
        Flow flow = name.equals("break") ? Flow.BREAK : Flow.CONTINUE;
        return (scope, out) -> flow;
    }
}
