package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.operation.Operators;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.List;
import java.util.Map;

/** {@code tojson} as in transformers: Python's {@code json.dumps}, without the escapes for HTML. */
final class JsonText {

    private static final int DEPTH = 60;

    private final Budget budget;
    private final TextBuilder out;
    private final boolean ascii;
    private final boolean sorted;
    /** The indentation of one level; null for JSON on one line. */
    private final Text indent;
    private final Text itemSeparator;
    private final Text keySeparator;

    private JsonText(Arguments arguments, Budget budget) {
        this.budget = budget;
        this.out = new TextBuilder(budget);
        ascii = arguments.flag(0, "ensure_ascii", false);
        Object wide = arguments.get(1, "indent", null);
        indent = wide == null || wide instanceof Text ? (Text) wide : (Text) Operators.calculate("*", Text.of(" "), wide, budget);
        Object separators = arguments.get(2, "separators", null);
        itemSeparator = separators != null ? separator(separators, 0) : Text.of(indent == null ? ", " : ",");
        keySeparator = separators != null ? separator(separators, 1) : Text.of(": ");
        sorted = arguments.flag(3, "sort_keys", false);
    }

    static Text of(Object value, Arguments arguments, Budget budget) {
        JsonText json = new JsonText(arguments, budget);
        json.write(value, 0);
        return json.out.build();
    }

    private static Text separator(Object separators, int place) {
        if (separators instanceof List<?> list && list.size() == 2 && list.get(place) instanceof Text text) {
            return text;
        }
        throw new TemplateException("'separators' must be two strings: one between entries and one between a key and its value");
    }

    private void write(Object value, int depth) {
        if (depth > DEPTH) {
            throw new TemplateException("a value is nested more than " + DEPTH + " deep");
        }
        if (value instanceof Text text) {
            string(text);
        } else if (value instanceof Map<?, ?> map) {
            dict(map, depth);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value instanceof Double real && Numbers.isFinite(real)) {
            out.append(real.doubleValue());
        } else {
            out.append(plain(value));
        }
    }

    private static String plain(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Double real) {
            return Double.isNaN(real) ? "NaN" : Double.isInfinite(real) ? (real > 0 ? "Infinity" : "-Infinity") : Numbers.text(real);
        }
        if (value instanceof Boolean || Numbers.isInteger(value)) {
            return value.toString();
        }
        throw new TemplateException(Values.kind(value) + " has no form in JSON");
    }

    private void dict(Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append("{");
        List<Object> keys = Values.entries(map, budget);
        if (sorted) {
            keys.sort((one, other) -> Values.compare(one, other, budget));
        }
        for (Object key : keys) {
            if (key != keys.get(0)) {
                out.append(itemSeparator);
            }
            line(depth + 1);
            string(key instanceof Text text ? text : Text.of(plain(key)));
            out.append(keySeparator);
            write(map.get(key), depth + 1);
        }
        line(depth);
        out.append("}");
    }

    private void list(List<?> list, int depth) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append("[");
        for (int i = 0; i < list.size(); i++) {
            line(depth + 1);
            write(list.get(i), depth + 1);
            out.append(i < list.size() - 1 ? itemSeparator : Text.EMPTY);
        }
        line(depth);
        out.append("]");
    }

    private void line(int depth) {
        if (indent != null) {
            out.append("\n");
            for (int i = 0; i < depth; i++) {
                out.append(indent);
            }
        }
    }

    private void string(Text text) {
        out.append("\"");
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String escaped = escaped(text.toString().charAt(i));
            if (escaped != null) {
                out.append(text.part(from, i)).append(escaped, text.author(i));
                from = i + 1;
            }
        }
        out.append(text.part(from, text.length())).append("\"");
    }

    /** Returns the escape of a character; null if it stands for itself. */

    private String escaped(char character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> character < ' ' || ascii && character > '~'
                    ? String.format("\\u%04x", (int) character)
                    : null;
        };
    }
}
