package dev.apprentice.prompts.jinja;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A piece of a template that can be called.
 *
 * @param name for error messages
 * @param parameters in their order
 * @param body what it writes
 * @param around the names where it stands
 */
record Macro(String name, List<Parameter> parameters, Statement body, Scope around) implements Callable {

    /** @param otherwise its default; null for none */
    record Parameter(String name, Expression otherwise) {}

    @Override
    public Object call(Arguments arguments) {
        Scope scope = around.inner();
        Map<String, Object> named = new TreeMap<>(arguments.named());
        scope.set("caller", named.containsKey("caller") ? named.remove("caller") : new Undefined("no caller is given"));
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            scope.set(parameter.name(), value(scope, parameter, i, arguments, named));
        }
        scope.set("varargs", new Tuple(arguments.from(parameters.size()).positional()));
        named.keySet().stream().findFirst().ifPresent(unknown -> {
            throw new TemplateException("macro '" + name + "' has no parameter '" + unknown + "'");
        });
        scope.budget().enter();
        Text text = body.capture(scope);
        scope.budget().leave();
        return text;
    }

    private Object value(Scope scope, Parameter parameter, int place, Arguments arguments, Map<String, Object> named) {
        if (place < arguments.positional().size()) {
            return arguments.positional().get(place);
        }
        if (named.containsKey(parameter.name())) {
            return named.remove(parameter.name());
        }
        return parameter.otherwise() == null
                ? new Undefined("parameter '" + parameter.name() + "' was not provided")
                : parameter.otherwise().value(scope);
    }
}
