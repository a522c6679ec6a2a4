package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.value.Text;
import java.util.List;

/** A node of the tree that writes text or assigns values to names. */
@FunctionalInterface
public interface Statement {

    /** How a surrounding loop continues after a statement. */
    enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    Flow run(Scope scope, Output out);

    /** Returns a statement that runs these statements in order. */
    static Statement all(List<Statement> statements) {
        return (scope, out) -> {
            for (Statement statement : statements) {
                scope.budget().step();
                Flow flow = statement.run(scope, out);
                if (flow != Flow.ON) {
                    return flow;
                }
            }
            return Flow.ON;
        };
    }

    /** Runs the statement and returns the text that it writes. */
    default Text capture(Scope scope) {
        Output captured = new Output(scope.budget());
        run(scope, captured);
        return captured.text();
    }
}
