package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.operation.Methods;
import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All filters: Jinja2's, except those for web pages. */
public final class Filters {

    /** The most characters of a text that is read as a number. */
    private static final int LONGEST_NUMBER = 2000;
    private static final int LARGEST_PRECISION = 300;

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
        Filter length = (value, arguments, budget) -> (long) Values.length(value, budget);
        ALL.put("length", length);
        ALL.put("count", length);
        ALL.put("abs", (value, arguments, budget) -> Values.compare(value, 0L, budget) < 0 ? Operators.negative(value) : value);
        ALL.put("int", (value, arguments, budget) -> integer(value, arguments.get(0, "default", 0L), budget));
        ALL.put("float", (value, arguments, budget) -> real(value, arguments.get(0, "default", 0.0), budget));
        ALL.put("round", (value, arguments, budget) -> round(value, arguments));
        ALL.put("attr", (value, arguments, budget) ->
                Methods.attribute(value, arguments.requiredText(0, "name").toString(), budget));
        ALL.put("tojson", JsonText::of);
        ALL.put("items", (value, arguments, budget) -> items(value, budget));
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

    private static List<Object> items(Object value, Budget budget) {
        if (value instanceof Undefined) {
            return List.of();
        }
        if (value instanceof Map<?, ?> map) {
            return Methods.items(map, budget);
        }
        throw new TemplateException("'items' needs a dict, not " + Values.kind(value));
    }

    private static Object integer(Object value, Object otherwise, Budget budget) {
        Object number = value instanceof Text text ? parsed(text, budget) : value;
        if (number instanceof Double real && !real.isNaN() && !real.isInfinite()) {
            return Numbers.normal(new BigDecimal(real).toBigInteger());
        }
        return Numbers.isInteger(number) ? Numbers.normal(Numbers.big(number)) : otherwise;
    }

    private static Object real(Object value, Object otherwise, Budget budget) {
        Object number = value instanceof Text text ? parsed(text, budget) : value;
        return Numbers.isNumber(number) ? (Object) Numbers.real(number) : otherwise;
    }

    private static Object parsed(Text text, Budget budget) {
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        budget.work(LONGEST_NUMBER);
        String digits = text.toString().strip();
        if (digits.matches("[+-]?\\d{1,1000}")) {
            return Numbers.normal(new java.math.BigInteger(digits));
        }
        return digits.matches("[+-]?(\\d{1,400}+\\.?+\\d{0,400}+|\\.\\d{1,400}+)([eE][+-]?\\d{1,4})?") ? Double.parseDouble(digits) : null;
    }

    private static Object round(Object value, Arguments arguments) {
        Operators.number(value);
        int precision = Math.max(-LARGEST_PRECISION, Math.min(LARGEST_PRECISION, arguments.integer(0, "precision", 0)));
        String method = arguments.text(1, "method", "common").toString();
        return switch (method) {
            case "common" -> nearest(value, precision);
            case "ceil", "floor" -> {
                double power = Math.pow(10, precision);
                double shifted = Numbers.real(value) * power;
                if (!Numbers.isFinite(shifted)) {
                    throw new TemplateException(Numbers.text(shifted) + " cannot be rounded to a whole number");
                }
                yield (method.equals("ceil") ? Math.ceil(shifted) : Math.floor(shifted)) / power + 0.0; // no -0.0, as in Python
            }
            default -> throw new TemplateException("the method of 'round' is '" + method + "'; there are common, ceil and floor");
        };
    }

    private static Object nearest(Object value, int precision) {
        if (!Numbers.isFinite(value)) {
            return value;
        }
        if (value instanceof Double real) {
            double rounded = new BigDecimal(real).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
            return Math.copySign(rounded, real);
        }
        BigDecimal whole = new BigDecimal(Numbers.big(value));
        return precision >= 0
                ? Numbers.normal(Numbers.big(value))
                : Numbers.normal(whole.setScale(precision, RoundingMode.HALF_EVEN).toBigInteger());
    }
}
