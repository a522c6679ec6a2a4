package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * The statement {@code for}.
 *
 * @param target receives each entry
 * @param entries the list to iterate over
 * @param filter selects entries; null for all
 * @param recursive whether {@code loop(...)} runs the loop over other entries
 * @param body runs for each entry
 * @param otherwise runs if there are no entries; null for nothing
 */
public record ForStatement(
        AssignmentTarget target, Expression entries, Expression filter, boolean recursive, Statement body, Statement otherwise)
        implements Statement {

    @Override
    public Flow run(Scope scope, Output out) {
        return run(scope, out, entries.value(scope), 0);
    }

    private Flow run(Scope scope, Output out, Object over, int depth) {
        List<Object> chosen = chosen(scope, Values.entries(over, scope.budget()));
        if (chosen.isEmpty()) {
            return otherwise == null ? Flow.ON : otherwise.run(scope.inner(), out);
        }
        Loop loop = new Loop(chosen, depth, recursive ? (other, deeper) -> again(scope, other, deeper) : null, scope.budget());
        for (int i = 0; i < chosen.size(); i++) {
            scope.budget().step();
            Scope inner = scope.inner();
            loop.at(i);
            inner.set("loop", loop);
            target.assign(inner, chosen.get(i));
            if (body.run(inner, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.ON;
    }

    private Text again(Scope scope, Object over, int depth) {
        scope.budget().enter();
        Output captured = new Output(scope.budget());
        run(scope, captured, over, depth);
        scope.budget().leave();
        return captured.text();
    }

    private List<Object> chosen(Scope scope, List<Object> all) {
        if (filter == null) {
            return all;
        }
        List<Object> chosen = new ArrayList<>();
        for (Object entry : all) {
            scope.budget().step();
            Scope inner = scope.inner();
            target.assign(inner, entry);
            if (Values.isTrue(filter.value(inner))) {
                chosen.add(entry);
            }
        }
        return chosen;
    }
}
