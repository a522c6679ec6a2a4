package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.value.Text;
import java.util.List;

/** Something that writes, or changes what names stand for. */
@FunctionalInterface
public interface Statement {

    /** How a loop goes on. */
    enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    Flow run(Scope scope, Output out);

    /** One after the other. */
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

    /** What it writes, as a value. */
    default Text capture(Scope scope) {
        Output captured = new Output(scope.budget());
        run(scope, captured);
        return captured.text();
    }
}
