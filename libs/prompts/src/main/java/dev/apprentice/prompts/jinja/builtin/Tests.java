package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.operation.TextMethods;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The tests of the operator {@code is}. */
public final class Tests {

    /** A test of a value. */
    @FunctionalInterface
    public interface Test {

        boolean holds(Object value, Arguments arguments, Budget budget);
    }

    private static final Map<String, Test> ALL = new HashMap<>();

    static {
        ALL.put("defined", (value, arguments, budget) -> !(value instanceof Undefined));
        ALL.put("undefined", (value, arguments, budget) -> value instanceof Undefined);
        ALL.put("none", (value, arguments, budget) -> value == null);
        ALL.put("string", (value, arguments, budget) -> value instanceof Text);
        ALL.put("number", (value, arguments, budget) -> Numbers.isNumber(value));
        ALL.put("integer", (value, arguments, budget) -> Numbers.isInteger(value) && !(value instanceof Boolean));
        ALL.put("float", (value, arguments, budget) -> value instanceof Double);
        ALL.put("boolean", (value, arguments, budget) -> value instanceof Boolean);
        ALL.put("true", (value, arguments, budget) -> Boolean.TRUE.equals(value));
        ALL.put("false", (value, arguments, budget) -> Boolean.FALSE.equals(value));
        ALL.put("mapping", (value, arguments, budget) -> value instanceof Map);
        ALL.put("iterable", (value, arguments, budget) -> Values.isIterable(value));
        ALL.put("sequence", (value, arguments, budget) -> Values.isIterable(value));
        ALL.put("callable", (value, arguments, budget) -> value instanceof Callable);
        ALL.put("even", (value, arguments, budget) -> isDivisible(value, 2L, budget));
        ALL.put("odd", (value, arguments, budget) -> !isDivisible(value, 2L, budget));
        ALL.put("divisibleby", (value, arguments, budget) -> isDivisible(value, arguments.required(0, "num"), budget));
        ALL.put("lower", (value, arguments, budget) -> isCase(value, words -> words.toLowerCase(Locale.ROOT), budget));
        ALL.put("upper", (value, arguments, budget) -> isCase(value, words -> words.toUpperCase(Locale.ROOT), budget));
        ALL.put("sameas", (value, arguments, budget) -> isSame(value, arguments.required(0, "other")));
        ALL.put("in", (value, arguments, budget) -> Operators.contains(arguments.required(0, "seq"), value, budget));
        for (List<String> names : List.of(
                List.of("==", "eq", "equalto"), List.of("!=", "ne"), List.of("<", "lt", "lessthan"), List.of("<=", "le"),
                List.of(">", "gt", "greaterthan"), List.of(">=", "ge"))) {
            names.forEach(name -> ALL.put(name, (value, arguments, budget) ->
                    Operators.compare(names.get(0), value, arguments.required(0, "other"), budget)));
        }
    }

    private Tests() {}

    public static Test of(int line, String name) {
        return Optional.ofNullable(ALL.get(name)).orElseThrow(() -> new TemplateException(
                line, "there is no test '" + name + "'; there are " + String.join(", ", new TreeSet<>(ALL.keySet()))));
    }

    public static Test of(String name) {
        return Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new TemplateException("there is no test '" + name + "'"));
    }

    private static boolean isDivisible(Object value, Object by, Budget budget) {
        return Values.equal(Operators.calculate("%", value, by, budget), 0L, budget);
    }

    private static boolean isSame(Object value, Object other) {
        boolean identity = value instanceof List || value instanceof Map;
        return identity ? value == other : Objects.equals(value, other);
    }

    private static boolean isCase(Object value, UnaryOperator<String> changed, Budget budget) {
        Text text = Values.text(value, budget);
        budget.part(text, text.length());
        return TextMethods.isCase(text.toString(), changed.apply(text.toString()));
    }
}
