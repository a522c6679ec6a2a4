package dev.apprentice.prompts.jinja.node;

import dev.apprentice.prompts.jinja.operation.Methods;
import dev.apprentice.prompts.jinja.value.Arguments;
import dev.apprentice.prompts.jinja.value.Attributed;
import dev.apprentice.prompts.jinja.value.Callable;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Tuple;
import dev.apprentice.prompts.jinja.value.Undefined;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A macro: a part of a template that can be called.
 *
 * @param name for error messages
 * @param parameters the parameters, in order
 * @param body writes the result
 * @param around the scope in which it is defined
 */
public record Macro(String name, List<Parameter> parameters, Statement body, Scope around) implements Callable, Attributed {

    /** @param otherwise the default value; null for none */
    public record Parameter(String name, Expression otherwise) {}

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

    @Override
    public Object attribute(String attribute) {
        return attribute.equals("name") ? Text.of(name) : Methods.none(this, attribute);
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
