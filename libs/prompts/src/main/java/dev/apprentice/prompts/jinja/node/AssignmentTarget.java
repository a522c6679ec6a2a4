package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.value.Namespace;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Values;
import java.util.List;

/** The target of an assignment: a name, an attribute of a namespace, or several of these. */
@FunctionalInterface
public interface AssignmentTarget {

    void assign(Scope scope, Object value);

    static AssignmentTarget name(String name) {
        return (scope, value) -> scope.set(name, value);
    }

    static AssignmentTarget attribute(int line, String namespace, String attribute) {
        return (scope, value) -> {
            if (!(scope.get(namespace) instanceof Namespace space)) {
                throw new TemplateException(line, "'" + namespace + "' is not a namespace; only a namespace's attributes can be set");
            }
            space.set(attribute, value);
        };
    }

    static AssignmentTarget several(int line, List<AssignmentTarget> targets) {
        return (scope, value) -> {
            List<Object> values = Values.entries(value, scope.budget());
            if (values.size() != targets.size()) {
                throw new TemplateException(line, values.size() + " values cannot be assigned to " + targets.size() + " names");
            }
            for (int i = 0; i < values.size(); i++) {
                targets.get(i).assign(scope, values.get(i));
            }
        };
    }
}
