package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.node.Scope;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.Namespace;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Values;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that are available in every template. */
public final class Functions {

    /** The most numbers of a range, as in Jinja2's sandbox. */
    private static final long LARGEST_RANGE = 100_000;

    private Functions() {}

    public static void define(Scope scope, LocalDateTime now) {
        scope.set("raise_exception", (Callable) arguments -> {
            throw new TemplateException(Values.text(arguments.required(0, "message"), scope.budget()).toString());
        });
        scope.set("strftime_now", (Callable) arguments -> Text.of(Dates.format(now, arguments.required(0, "format").toString())));
        scope.set("namespace", (Callable) Namespace::new);
        scope.set("range", (Callable) arguments -> range(arguments, scope.budget()));
        scope.set("dict", (Callable) Functions::dict);
        scope.set("joiner", (Callable) Functions::joiner);
    }

    private static List<Object> range(Arguments arguments, Budget budget) {
        boolean one = arguments.positional().size() == 1;
        long from = one ? 0 : Numbers.integer(arguments.required(0, "start"));
        long to = Numbers.integer(arguments.required(one ? 0 : 1, "stop"));
        long step = Numbers.integer(arguments.get(2, "step", 1L));
        if (step == 0) {
            throw new TemplateException("the step of a range is 0");
        }
        if (Math.abs((double) to - from) / Math.abs((double) step) > LARGEST_RANGE) {
            throw new TemplateException("a range has more than " + LARGEST_RANGE + " numbers");
        }
        List<Object> range = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            range.add(i);
        }
        budget.requireSize(range.size());
        return range;
    }

    private static Map<Object, Object> dict(Arguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (Object given : arguments.positional()) {
            if (given instanceof Map<?, ?> map) {
                dict.putAll(map);
            }
        }
        arguments.named().forEach((name, value) -> dict.put(Text.of(name), value));
        return dict;
    }

    private static Callable joiner(Arguments given) {
        Text separator = given.text(0, "sep", ", ");
        boolean[] used = new boolean[1];
        return arguments -> {
            boolean first = !used[0];
            used[0] = true;
            return first ? Text.EMPTY : separator;
        };
    }
}
