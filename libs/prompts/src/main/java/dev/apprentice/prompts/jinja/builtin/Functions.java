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
import java.math.BigInteger;
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
        scope.set("strftime_now", (Callable) arguments -> Dates.format(now, arguments.requiredText(0, "format"), scope.budget()));
        scope.set("namespace", (Callable) arguments -> new Namespace(dict(arguments, scope.budget())));
        scope.set("range", (Callable) arguments -> range(arguments, scope.budget()));
        scope.set("dict", (Callable) arguments -> dict(arguments, scope.budget()));
        scope.set("joiner", (Callable) Functions::joiner);
    }

    private static List<Object> range(Arguments arguments, Budget budget) {
        boolean one = arguments.positional().size() == 1;
        BigInteger from = one ? BigInteger.ZERO : whole(arguments.required(0, "start"));
        BigInteger to = whole(arguments.required(one ? 0 : 1, "stop"));
        BigInteger step = whole(arguments.get(2, "step", 1L));
        if (step.signum() == 0) {
            throw new TemplateException("the step of a range is 0");
        }
        BigInteger between = to.subtract(from);
        BigInteger[] steps = between.divideAndRemainder(step);
        BigInteger count = between.signum() != step.signum() ? BigInteger.ZERO : steps[0].add(BigInteger.valueOf(steps[1].abs().signum()));
        if (count.compareTo(BigInteger.valueOf(LARGEST_RANGE)) > 0) {
            throw new TemplateException("a range has more than " + LARGEST_RANGE + " numbers");
        }
        budget.list(count.intValue() * 4L); // a number takes some bytes too
        List<Object> range = new ArrayList<>();
        BigInteger next = from;
        for (int i = 0; i < count.intValue(); i++) {
            range.add(Numbers.normal(next));
            next = next.add(step);
        }
        return range;
    }

    private static BigInteger whole(Object value) {
        Numbers.integer(value);
        return Numbers.big(value);
    }

    /** Returns a dict of other dicts or of pairs, as lists of keys and values, and of named arguments. */
    private static Map<Object, Object> dict(Arguments arguments, Budget budget) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (Object given : arguments.positional()) {
            if (given instanceof Map<?, ?> map) {
                budget.list(map.size() * 8L); // an entry takes as much as a small list
                dict.putAll(map);
            } else {
                for (Object entry : Values.entries(given, budget)) {
                    List<Object> pair = Values.entries(entry, budget);
                    if (pair.size() != 2) {
                        throw new TemplateException("'dict' needs pairs of a key and a value");
                    }
                    dict.put(Values.key(pair.get(0), dict, budget), pair.get(1));
                }
            }
        }
        budget.list(arguments.named().size() * 8L);
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
