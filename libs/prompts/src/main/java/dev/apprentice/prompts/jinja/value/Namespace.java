package dev.apprentice.prompts.jinja.value;

import java.util.HashMap;
import java.util.Map;

/** The value of {@code namespace()}: attributes that a loop's body can set and that stay set after the loop. */
public final class Namespace implements Attributed {

    private final Map<String, Object> names = new HashMap<>();

    /** @param given values by their names; other keys cannot be read from a namespace */
    public Namespace(Map<?, ?> given) {
        given.forEach((name, value) -> {
            if (name instanceof Text text) {
                names.put(text.toString(), value);
            }
        });
    }

    public void set(String name, Object value) {
        names.put(name, value);
    }

    @Override
    public Object attribute(String name) {
        return names.containsKey(name) ? names.get(name) : new Undefined("the namespace has no attribute '" + name + "'");
    }
}
