package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operators of expressions. */
public final class Operators {

    private Operators() {}

    public static Object calculate(String operator, Object left, Object right, Budget budget) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.calculate(operator, left, right);
        }
        if (operator.equals("+")) {
            if (left instanceof Text one && right instanceof Text other) {
                return new TextBuilder(budget).append(one).append(other).build();
            }
            if (left instanceof List<?> one && right instanceof List<?> other && left instanceof Tuple == right instanceof Tuple) {
                budget.list((long) one.size() + other.size());
                List<Object> sum = new ArrayList<>(one);
                sum.addAll(other);
                return left instanceof Tuple ? new Tuple(sum) : sum;
            }
        }
        if (operator.equals("*") && Numbers.isInteger(right)) {
            return repeated(left, Numbers.integer(right), budget);
        }
        if (operator.equals("*") && Numbers.isInteger(left)) {
            return repeated(right, Numbers.integer(left), budget);
        }
        if (operator.equals("%") && left instanceof Text format) {
            return Formats.percent(format, right, budget);
        }
        throw new TemplateException(Values.kind(left) + " " + operator + " " + Values.kind(right) + " has no value");
    }

    private static Object repeated(Object value, long times, Budget budget) {
        if (value instanceof Text text) {
            budget.requireSize(product(text.length(), times));
            TextBuilder repeated = new TextBuilder(budget);
            for (long i = 0; i < times && !text.isEmpty(); i++) {
                repeated.append(text);
            }
            return repeated.build();
        }
        if (value instanceof List<?> list) {
            budget.list(product(list.size(), times));
            List<Object> repeated = new ArrayList<>();
            for (long i = 0; i < times && !list.isEmpty(); i++) {
                repeated.addAll(list);
            }
            return value instanceof Tuple ? new Tuple(repeated) : repeated;
        }
        throw new TemplateException(Values.kind(value) + " cannot be repeated");
    }

    /** Returns the size of a value that is repeated; a negative number of times counts as none. */
    private static long product(int size, long times) {
        return times <= 0 || size == 0 ? 0 : times > Long.MAX_VALUE / size ? Long.MAX_VALUE : size * times;
    }

    public static Object negative(Object value) {
        return value instanceof Double real ? (Object) (-real) : Numbers.calculate("-", 0L, number(value));
    }

    public static Object number(Object value) {
        if (!Numbers.isNumber(value)) {
            throw new TemplateException(Values.kind(value) + " is not a number");
        }
        return value;
    }

    public static boolean compare(String operator, Object left, Object right, Budget budget) {
        return switch (operator) {
            case "==" -> Values.equal(left, right, budget);
            case "!=" -> !Values.equal(left, right, budget);
            case "<" -> ordered(left, right) && Values.compare(left, right, budget) < 0;
            case "<=" -> ordered(left, right) && Values.compare(left, right, budget) <= 0;
            case ">" -> ordered(left, right) && Values.compare(left, right, budget) > 0;
            case ">=" -> ordered(left, right) && Values.compare(left, right, budget) >= 0;
            case "in" -> contains(right, left, budget);
            case "not in" -> !contains(right, left, budget);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** Tells whether two values have an order; as in Python, NaN has none beside a number. */
    private static boolean ordered(Object left, Object right) {
        return !(Numbers.isNumber(left) && Numbers.isNumber(right) && (Values.isNaN(left) || Values.isNaN(right)));
    }

    public static boolean contains(Object container, Object value, Budget budget) {
        if (container instanceof Text text) {
            if (!(value instanceof Text part)) {
                throw new TemplateException("'in' of a string needs a string, not " + Values.kind(value));
            }
            budget.search(text.length(), part.length());
            return text.toString().contains(part.toString());
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(Values.key(value, map, budget));
        }
        return Values.entries(container, budget).stream().anyMatch(entry -> Values.equal(entry, value, budget));
    }

    /** Evaluates {@code value[key]}. */
    public static Object item(Object value, Object key, Budget budget) {
        if (value instanceof Undefined undefined) {
            throw undefined.used();
        }
        if (value instanceof Map<?, ?> map && Values.isKey(key, budget) && map.containsKey(Values.key(key, map, budget))) {
            return map.get(key);
        }
        if ((value instanceof List || value instanceof Text) && Numbers.isInteger(key)) {
            long length = Values.length(value, budget);
            long index = Numbers.integer(key) < 0 ? Numbers.integer(key) + length : Numbers.integer(key);
            if (index < 0 || index >= length) {
                return new Undefined(Values.kind(value) + " has no element " + key);
            }
            return value instanceof Text text ? character(text, (int) index, budget) : ((List<?>) value).get((int) index);
        }
        return key instanceof Text name
                ? Methods.attribute(value, name.toString(), budget)
                : new Undefined(Values.kind(value) + " has no element " + Values.repr(key, budget));
    }

    private static Text character(Text text, int index, Budget budget) {
        budget.part(text, 1);
        int from = text.toString().offsetByCodePoints(0, index);
        return text.part(from, text.toString().offsetByCodePoints(from, 1));
    }

    /** Evaluates {@code value.name}: a method or an attribute if there is one, else the entry of that name. */
    public static Object attribute(Object value, String name, Budget budget) {
        Object attribute = Methods.attribute(value, name, budget);
        Text key = Text.of(name);
        return attribute instanceof Undefined && value instanceof Map<?, ?> map && map.containsKey(key) ? map.get(key) : attribute;
    }

    /** Evaluates {@code value[from:to:step]}; an omitted part is null. */
    public static Object slice(Object value, Object from, Object to, Object step, Budget budget) {
        if (!(value instanceof List) && !(value instanceof Text)) {
            throw new TemplateException(Values.kind(value) + " cannot be cut into a slice");
        }
        long by = step == null ? 1 : Numbers.integer(step);
        if (by == 0) {
            throw new TemplateException("the step of a slice is 0");
        }
        long length = Values.length(value, budget);
        by = Math.max(-length - 1, Math.min(length + 1, by));
        long begin = bound(from, length, by, by > 0 ? 0 : length - 1);
        long end = bound(to, length, by, by > 0 ? length : -1);
        if (value instanceof Text text && by == 1) {
            int first = text.toString().offsetByCodePoints(0, (int) begin);
            int last = begin >= end ? first : text.toString().offsetByCodePoints(first, (int) (end - begin));
            budget.part(text, last - first);
            return text.part(first, last);
        }
        List<Object> entries = Values.entries(value, budget);
        List<Object> slice = new ArrayList<>();
        for (long i = begin; by > 0 ? i < end : i > end; i += by) {
            slice.add(entries.get((int) i));
        }
        if (value instanceof Text) {
            TextBuilder text = new TextBuilder(budget);
            slice.forEach(character -> text.append((Text) character));
            return text.build();
        }
        return value instanceof Tuple ? new Tuple(slice) : slice;
    }

    private static long bound(Object given, long length, long by, long otherwise) {
        if (given == null) {
            return otherwise;
        }
        long bound = Numbers.integer(given);
        long counted = bound < 0 ? bound + length : bound;
        return Math.max(by > 0 ? 0 : -1, Math.min(by > 0 ? length : length - 1, counted));
    }
}
