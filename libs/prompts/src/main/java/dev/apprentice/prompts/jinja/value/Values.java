package dev.apprentice.prompts.jinja.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Properties and conversions of values. Python's types are represented as follows:
 *
 * <pre>
 * Python    None  bool     int               float   str   list  tuple  dict
 * here      null  Boolean  Long, BigInteger  Double  Text  List  Tuple  Map
 * </pre>
 */
public final class Values {

    private Values() {}

    public static boolean isTrue(Object value) {
        if (value == null || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (Numbers.isNumber(value)) {
            return Numbers.real(value) != 0;
        }
        if (value instanceof Text text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        return !(value instanceof Map<?, ?> map) || !map.isEmpty();
    }

    /** Tells whether two values are equal. A list may hold another one many times over, so each comparison counts as work. */
    public static boolean equal(Object left, Object right, Budget budget) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return !isNaN(left) && !isNaN(right) && Numbers.compare(left, right) == 0;
        }
        if (left instanceof Text one && right instanceof Text other) {
            budget.work(Math.min(one.length(), other.length()));
            return one.equals(other);
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            return left instanceof Tuple == right instanceof Tuple && equalEntries(one, other, budget);
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            budget.step();
            return one.size() == other.size()
                    && one.entrySet().stream().allMatch(entry -> other.containsKey(key(entry.getKey(), other, budget))
                            && equal(entry.getValue(), other.get(entry.getKey()), budget));
        }
        return Objects.equals(left, right);
    }

    public static boolean isNaN(Object value) {
        return value instanceof Double real && real.isNaN();
    }

    private static boolean equalEntries(List<?> one, List<?> other, Budget budget) {
        budget.step();
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            budget.step();
            if (!equal(one.get(i), other.get(i), budget)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Compares two values.
     *
     * @throws TemplateException if the two have no order
     */
    public static int compare(Object left, Object right, Budget budget) {
        budget.step();
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        if (left instanceof Text one && right instanceof Text other) {
            budget.work(Math.min(one.length(), other.length()));
            return one.compareTo(other);
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                if (!equal(one.get(i), other.get(i), budget)) {
                    return compare(one.get(i), other.get(i), budget);
                }
            }
            return Integer.compare(one.size(), other.size());
        }
        throw new TemplateException(kind(left) + " and " + kind(right) + " cannot be compared");
    }

    /**
     * Returns a value that is used as a key of a dict. As in Python, a tuple can be one and a list cannot. The search for a tuple
     * counts as work on the whole dict, since all tuples of a dict may have one hash code.
     *
     * @throws TemplateException if the value cannot be a key
     */
    public static Object key(Object value, Map<?, ?> dict, Budget budget) {
        if (value instanceof Text text) {
            budget.work(text.length());
        } else if (value instanceof Tuple tuple) {
            budget.work(dict.size());
            tuple.forEach(entry -> key(entry, dict, budget));
        } else if (value instanceof List || value instanceof Map) {
            throw new TemplateException(kind(value) + " cannot be a key of a dict");
        }
        return value;
    }

    /** Tells whether a value can be a key of a dict; see {@link #key}. */
    public static boolean isKey(Object value, Budget budget) {
        if (value instanceof Tuple tuple) {
            budget.work(tuple.size());
            return tuple.stream().allMatch(entry -> isKey(entry, budget));
        }
        return !(value instanceof List || value instanceof Map);
    }

    /** Returns the entries of a value in a new list: of a list its elements, of a text its characters, of a dict its keys. */
    public static List<Object> entries(Object value, Budget budget) {
        if (value instanceof Text text) {
            budget.list(text.length());
            List<Object> characters = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int next = at + Character.charCount(text.toString().codePointAt(at));
                budget.part(text, next - at);
                characters.add(text.part(at, next));
                at = next;
            }
            return characters;
        }
        if (value instanceof List<?> list) {
            budget.list(list.size());
            return new ArrayList<>(list);
        }
        if (value instanceof Map<?, ?> map) {
            budget.list(map.size());
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof Undefined) {
            return new ArrayList<>();
        }
        throw new TemplateException(kind(value) + " cannot be iterated over");
    }

    public static boolean isIterable(Object value) {
        return value instanceof Text || value instanceof List || value instanceof Map || value instanceof Undefined;
    }

    public static int length(Object value, Budget budget) {
        if (value instanceof Text text) {
            budget.work(text.length());
            return text.toString().codePointCount(0, text.length());
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        throw new TemplateException(kind(value) + " has no length");
    }

    /** Returns the text of a value, like Python's {@code str}. */
    public static Text text(Object value, Budget budget) {
        return value instanceof Text text ? text : append(new TextBuilder(budget), value, false, 0).build();
    }

    /** Returns the text of a value, like Python's {@code repr}. */
    public static Text repr(Object value, Budget budget) {
        return append(new TextBuilder(budget), value, true, 0).build();
    }

    private static TextBuilder append(TextBuilder out, Object value, boolean quoted, int depth) {
        if (depth > 60) {
            throw new TemplateException("a value is nested more than 60 deep");
        }
        if (value instanceof Text text) {
            return quoted ? quote(out, text) : out.append(text);
        }
        if (value instanceof Map<?, ?> map) {
            out.append("{");
            for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
                Map.Entry<?, ?> entry = entries.next();
                append(out, entry.getKey(), true, depth + 1).append(": ");
                append(out, entry.getValue(), true, depth + 1).append(entries.hasNext() ? ", " : "");
            }
            return out.append("}");
        }
        if (value instanceof List<?> list) {
            boolean tuple = value instanceof Tuple;
            out.append(tuple ? "(" : "[");
            for (int i = 0; i < list.size(); i++) {
                append(out.append(i == 0 ? "" : ", "), list.get(i), true, depth + 1);
            }
            return out.append(tuple ? list.size() == 1 ? ",)" : ")" : "]");
        }
        return value instanceof Double real ? out.append(real.doubleValue()) : out.append(plain(value));
    }

    private static String plain(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Undefined) {
            return "";
        }
        return Numbers.isNumber(value) || value instanceof BigDecimal ? value.toString() : "<" + kind(value) + ">";
    }

    private static TextBuilder quote(TextBuilder out, Text text) {
        String value = text.toString();
        char mark = value.indexOf('\'') >= 0 && value.indexOf('"') < 0 ? '"' : '\'';
        out.append(String.valueOf(mark));
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            String escaped = character == '\\' || character == mark
                    ? "\\" + character
                    : switch (character) {
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        default -> character < ' ' || character >= 0x7F && character <= 0xA0
                                ? String.format("\\x%02x", (int) character)
                                : String.valueOf(character);
                    };
            out.append(escaped, text.author(i));
        }
        return out.append(String.valueOf(mark));
    }

    /** Returns the kind of a value, for error messages. */
    public static String kind(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Undefined undefined) {
            throw undefined.used();
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (Numbers.isNumber(value)) {
            return "a number";
        }
        if (value instanceof Text) {
            return "a string";
        }
        return value instanceof Map ? "a dict" : value instanceof Tuple ? "a tuple" : value instanceof List ? "a list"
                : value instanceof Callable ? "a function" : "an object";
    }
}
