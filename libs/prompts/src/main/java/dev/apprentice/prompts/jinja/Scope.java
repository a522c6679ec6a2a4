package dev.apprentice.prompts.jinja;

import java.util.HashMap;
import java.util.Map;

/** The names that are known at a place: those of its own block, and those around it. */
final class Scope {

    private final Scope around;
    private final Map<String, Object> names = new HashMap<>();
    private final Budget budget;

    Scope(Budget budget) {
        this.around = null;
        this.budget = budget;
    }

    private Scope(Scope around) {
        this.around = around;
        this.budget = around.budget;
    }

    Scope inner() {
        return new Scope(this);
    }

    Budget budget() {
        return budget;
    }

    void set(String name, Object value) {
        names.put(name, value);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            if (scope.names.containsKey(name)) {
                return scope.names.get(name);
            }
        }
        return Undefined.name(name);
    }
}
