package dev.apprentice.prompts.jinja.value;

import java.util.List;
import java.util.Map;

/**
 * The arguments of a call.
 *
 * @param positional the positional arguments, in order
 * @param named the named arguments, by name
 */
public record Arguments(List<Object> positional, Map<String, Object> named) {

    public static Arguments of(Object... positional) {
        return new Arguments(java.util.Arrays.asList(positional), Map.of());
    }

    /** Returns an argument by its position or its name; the default if there is neither. */
    public Object get(int place, String name, Object otherwise) {
        if (place < positional.size()) {
            return positional.get(place);
        }
        return named.containsKey(name) ? named.get(name) : otherwise;
    }

    public Object required(int place, String name) {
        if (place >= positional.size() && !named.containsKey(name)) {
            throw new TemplateException("the argument '" + name + "' is missing");
        }
        return get(place, name, null);
    }

    /** Returns an argument that must be a string. */
    public Text requiredText(int place, String name) {
        Object value = required(place, name);
        if (value instanceof Text text) {
            return text;
        }
        throw new TemplateException("'" + name + "' is " + Values.kind(value) + "; it must be a string");
    }

    public Text text(int place, String name, String otherwise) {
        return get(place, name, null) == null ? otherwise == null ? null : Text.of(otherwise) : requiredText(place, name);
    }

    public int integer(int place, String name, int otherwise) {
        Object value = get(place, name, (long) otherwise);
        if (value == null) {
            return otherwise;
        }
        long number = Numbers.integer(value);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    public boolean flag(int place, String name, boolean otherwise) {
        return Values.isTrue(get(place, name, otherwise));
    }

    /** Returns the arguments from a position on, and all named ones. */
    public Arguments from(int place) {
        return new Arguments(positional.subList(Math.min(place, positional.size()), positional.size()), named);
    }
}
