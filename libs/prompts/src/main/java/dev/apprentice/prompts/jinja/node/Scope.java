package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Undefined;
import java.util.HashMap;
import java.util.Map;

/** A scope: the names of a block, and those of the scopes around it. */
public final class Scope {

    private final Scope around;
    private final Map<String, Object> names = new HashMap<>();
    private final Budget budget;

    public Scope(Budget budget) {
        this.around = null;
        this.budget = budget;
    }

    private Scope(Scope around) {
        this.around = around;
        this.budget = around.budget;
    }

    public Scope inner() {
        return new Scope(this);
    }

    public Budget budget() {
        return budget;
    }

    public void set(String name, Object value) {
        names.put(name, value);
    }

    public Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            if (scope.names.containsKey(name)) {
                return scope.names.get(name);
            }
        }
        return Undefined.name(name);
    }
}
