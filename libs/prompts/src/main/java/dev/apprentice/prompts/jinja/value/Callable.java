package dev.apprentice.prompts.jinja.value;

/** A value that can be called in a template: a function, a method bound to its value, a macro. */
@FunctionalInterface
public interface Callable {

    Object call(Arguments arguments);
}
