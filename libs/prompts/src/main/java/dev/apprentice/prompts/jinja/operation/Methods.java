package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Attributed;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Undefined;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes and methods of values. Methods that would change a value are refused, as in Jinja2's immutable sandbox. */
public final class Methods {

    private static final Set<String> CHANGING = Set.of(
            "append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort", "update", "setdefault", "popitem");

    private Methods() {}

    public static Object attribute(Object value, String name, Budget budget) {
        if (value instanceof Undefined undefined) {
            throw undefined.used();
        }
        if (value instanceof Attributed attributed) {
            return attributed.attribute(name);
        }
        if ((value instanceof List || value instanceof Map) && CHANGING.contains(name)) {
            return changing(value, name);
        }
        Callable method = value instanceof Text text
                ? TextMethods.of(text, name, budget)
                : value instanceof Map<?, ?> map ? dict(map, name, budget) : value instanceof List<?> list ? list(list, name, budget) : null;
        return method == null ? none(value, name) : method;
    }

    /** Returns the undefined value for an attribute that does not exist. */
    public static Undefined none(Object value, String name) {
        return new Undefined(owner(value) + " has no attribute '" + name + "'");
    }

    private static Object changing(Object value, String name) {
        return value instanceof Map<?, ?> map && map.containsKey(Text.of(name))
                ? map.get(Text.of(name))
                : (Callable) arguments -> {
                    throw new TemplateException("'" + name + "' would change " + Values.kind(value) + ", which a template must not");
                };
    }

    private static String owner(Object value) {
        return value == null ? "'None'" : Values.kind(value);
    }

    private static Callable dict(Map<?, ?> map, String name, Budget budget) {
        return switch (name) {
            case "items" -> arguments -> items(map, budget);
            case "keys" -> arguments -> Values.entries(map, budget);
            case "values" -> arguments -> {
                budget.list(map.size());
                return new ArrayList<Object>(map.values());
            };
            case "get" -> arguments -> {
                Object key = Values.key(arguments.required(0, "key"), map, budget);
                return map.containsKey(key) ? map.get(key) : arguments.get(1, "default", null);
            };
            case "copy" -> arguments -> map;
            default -> null;
        };
    }

    public static List<Object> items(Map<?, ?> map, Budget budget) {
        budget.list(map.size() * 8L); // each pair is a list too
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> items.add(Tuple.of(key, value)));
        return items;
    }

    private static Callable list(List<?> list, String name, Budget budget) {
        return switch (name) {
            case "count" -> arguments -> {
                Object value = arguments.required(0, "value");
                budget.work(list.size());
                return list.stream().filter(entry -> Values.equal(entry, value, budget)).count();
            };
            case "index" -> arguments -> {
                Object value = arguments.required(0, "value");
                budget.work(list.size());
                for (int i = 0; i < list.size(); i++) {
                    if (Values.equal(list.get(i), value, budget)) {
                        return (long) i;
                    }
                }
                throw new TemplateException("the list does not hold the value that 'index' looks for");
            };
            case "copy" -> arguments -> list;
            default -> null;
        };
    }
}
