package dev.apprentice.prompts.jinja.builtin;

import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Numbers;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code tojson} as in transformers: Python's {@code json.dumps}, without the escapes for HTML. */
final class JsonText {

    private static final int DEPTH = 60;

    private final TextBuilder out;
    private final boolean ascii;
    private final boolean sorted;
    private final String indent;
    private final String itemSeparator;
    private final String keySeparator;

    private JsonText(TextBuilder out, Arguments arguments) {
        this.out = out;
        ascii = arguments.flag(0, "ensure_ascii", false);
        Object wide = arguments.get(1, "indent", null);
        indent = wide == null ? null : wide instanceof Text text ? text.toString() : " ".repeat((int) Math.min(100, Math.max(0, Numbers.integer(wide))));
        Object separators = arguments.get(2, "separators", null);
        List<?> given = separators instanceof List<?> list && list.size() == 2 ? list : null;
        itemSeparator = given != null ? given.get(0).toString() : indent == null ? ", " : ",";
        keySeparator = given != null ? given.get(1).toString() : ": ";
        sorted = arguments.flag(3, "sort_keys", false);
    }

    static Text of(Object value, Arguments arguments, Budget budget) {
        JsonText json = new JsonText(new TextBuilder(budget), arguments);
        json.write(value, 0);
        return json.out.build();
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
        Iterator<? extends Map.Entry<?, ?>> entries = (sorted ? new TreeMap<>(map) : map).entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            line(depth + 1);
            string(entry.getKey() instanceof Text text ? text : Text.of(plain(entry.getKey())));
            out.append(keySeparator);
            write(entry.getValue(), depth + 1);
            out.append(entries.hasNext() ? itemSeparator : "");
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
            out.append(i < list.size() - 1 ? itemSeparator : "");
        }
        line(depth);
        out.append("]");
    }

    private void line(int depth) {
        if (indent != null) {
            out.append("\n" + indent.repeat(depth));
        }
    }

    private void string(Text text) {
        out.append("\"");
        for (int i = 0; i < text.length(); i++) {
            out.append(escaped(text.toString().charAt(i)), text.author(i));
        }
        out.append("\"");
    }

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
                    : String.valueOf(character);
        };
    }
}
