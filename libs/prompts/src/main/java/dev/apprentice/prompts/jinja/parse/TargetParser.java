package dev.apprentice.prompts.jinja.parse;

import dev.apprentice.prompts.jinja.node.AssignmentTarget;
import java.util.ArrayList;
import java.util.List;

/** Parses the targets of {@code set} and {@code for}. */
final class TargetParser {

    private final TokenStream tokens;

    TargetParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** Parses targets up to a name or operator: {@code a}, {@code a, b}, {@code space.a} or {@code (a, b), c}. */
    AssignmentTarget until(String end) {
        int line = tokens.line();
        List<AssignmentTarget> targets = new ArrayList<>();
        boolean several = false;
        do {
            if (tokens.skipOperator("(")) {
                targets.add(until(")"));
                tokens.expectOperator(")");
            } else {
                targets.add(target());
            }
            boolean comma = tokens.skipOperator(",");
            several |= comma;
            if (!comma) {
                break;
            }
        } while (!tokens.now().isName(end) && !tokens.now().isOperator(end));
        return several ? AssignmentTarget.several(line, targets) : targets.get(0);
    }

    private AssignmentTarget target() {
        int line = tokens.line();
        String name = tokens.expectName();
        return tokens.skipOperator(".") ? AssignmentTarget.attribute(line, name, tokens.expectName()) : AssignmentTarget.name(name);
    }
}
