package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.operation.Methods;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All filters: Jinja2's, except those for web pages. */
public final class Filters {

    private static final Map<String, Filter> ALL = new HashMap<>();

    static {
        ALL.putAll(TextFilters.ALL);
        ALL.putAll(ListFilters.ALL);
        Filter otherwise = (value, arguments, budget) ->
                value instanceof Undefined || arguments.flag(1, "boolean", false) && !Values.isTrue(value)
                        ? arguments.get(0, "default_value", Text.EMPTY)
                        : value;
        ALL.put("default", otherwise);
        ALL.put("d", otherwise);
        Filter length = (value, arguments, budget) -> (long) Values.length(value);
        ALL.put("length", length);
        ALL.put("count", length);
        ALL.put("abs", (value, arguments, budget) -> Values.compare(value, 0L) < 0 ? Operators.negative(value) : value);
        ALL.put("int", (value, arguments, budget) -> integer(value, arguments.get(0, "default", 0L)));
        ALL.put("float", (value, arguments, budget) -> real(value, arguments.get(0, "default", 0.0)));
        ALL.put("round", (value, arguments, budget) -> round(value, arguments));
        ALL.put("attr", (value, arguments, budget) ->
                Methods.attribute(value, arguments.required(0, "name").toString(), budget));
        ALL.put("tojson", JsonText::of);
        ALL.put("items", (value, arguments, budget) -> value instanceof Undefined
                ? java.util.List.of()
                : Methods.items(Optional.of(value).filter(Map.class::isInstance).map(map -> (Map<?, ?>) map)
                        .orElseThrow(() -> new TemplateException("'items' needs a dict, not " + Values.kind(value)))));
    }

    private Filters() {}

    public static Filter of(int line, String name) {
        Filter filter = ALL.get(name);
        if (filter == null) {
            throw new TemplateException(line, "there is no filter '" + name + "'; there are " + String.join(", ", new TreeSet<>(ALL.keySet())));
        }
        return filter;
    }

    /** Returns the filter of that name, for filters that take another filter's name as an argument. */
    public static Filter of(String name) {
        return Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new TemplateException("there is no filter '" + name + "'"));
    }

    private static Object integer(Object value, Object otherwise) {
        Object number = value instanceof Text text ? parsed(text.toString()) : value;
        if (number instanceof Double real && !real.isNaN() && !real.isInfinite()) {
            return Numbers.normal(new BigDecimal(real).toBigInteger());
        }
        return Numbers.isInteger(number) ? Numbers.normal(Numbers.big(number)) : otherwise;
    }

    private static Object real(Object value, Object otherwise) {
        Object number = value instanceof Text text ? parsed(text.toString()) : value;
        return Numbers.isNumber(number) ? (Object) Numbers.real(number) : otherwise;
    }

    private static Object parsed(String text) {
        String digits = text.strip();
        if (digits.matches("[+-]?\\d{1,1000}")) {
            return Numbers.normal(new java.math.BigInteger(digits));
        }
        return digits.matches("[+-]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][+-]?\\d{1,4})?") ? Double.parseDouble(digits) : null;
    }

    private static Object round(Object value, Arguments arguments) {
        BigDecimal exact = new BigDecimal(Numbers.real(Operators.number(value)));
        RoundingMode mode = switch (arguments.text(1, "method", "common").toString()) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_EVEN;
        };
        return exact.setScale(Math.max(-300, Math.min(300, arguments.integer(0, "precision", 0))), mode).doubleValue();
    }
}
