package dev.apprentice.prompts.jinja.value;

/** What can be called in a template: a function, a method bound to its value, a macro. */
@FunctionalInterface
public interface Callable {

    Object call(Arguments arguments);
}
