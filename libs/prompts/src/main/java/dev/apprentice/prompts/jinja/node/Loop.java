package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Attributed;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.List;
import java.util.function.BiFunction;

/** The value of {@code loop} in a loop's body. */
final class Loop implements Attributed, Callable {

    private final List<Object> entries;
    private final int depth;
    private final BiFunction<Object, Integer, Object> again;
    private final Budget budget;
    private int index;
    private List<Object> seen;

    /** @param again runs a recursive loop over other entries, one level deeper; null if the loop is not recursive */
    Loop(List<Object> entries, int depth, BiFunction<Object, Integer, Object> again, Budget budget) {
        this.entries = entries;
        this.depth = depth;
        this.again = again;
        this.budget = budget;
    }

    void at(int position) {
        index = position;
    }

    @Override
    public Object call(Arguments arguments) {
        if (again == null) {
            throw new TemplateException("'loop' is called, but its 'for' is not recursive");
        }
        return again.apply(arguments.required(0, "iterable"), depth + 1);
    }

    @Override
    public Object attribute(String name) {
        int size = entries.size();
        return switch (name) {
            case "index" -> (long) index + 1;
            case "index0" -> (long) index;
            case "revindex" -> (long) size - index;
            case "revindex0" -> (long) size - index - 1;
            case "first" -> index == 0;
            case "last" -> index == size - 1;
            case "length" -> (long) size;
            case "depth" -> (long) depth + 1;
            case "depth0" -> (long) depth;
            case "previtem" -> index > 0 ? entries.get(index - 1) : new Undefined("there is no previous item");
            case "nextitem" -> index < size - 1 ? entries.get(index + 1) : new Undefined("there is no next item");
            case "cycle" -> (Callable) arguments -> cycle(arguments.positional());
            case "changed" -> (Callable) arguments -> isChanged(arguments.positional());
            default -> new Undefined("'loop' has no attribute '" + name + "'");
        };
    }

    private Object cycle(List<Object> values) {
        if (values.isEmpty()) {
            throw new TemplateException("loop.cycle needs values");
        }
        return values.get(index % values.size());
    }

    private boolean isChanged(List<Object> values) {
        boolean changed = seen == null || !Values.equal(seen, values, budget);
        seen = values;
        return changed;
    }
}
