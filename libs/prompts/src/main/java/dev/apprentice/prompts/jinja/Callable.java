package dev.apprentice.prompts.jinja;

/** What can be called in a template: a function, a method bound to its value, a macro. */
@FunctionalInterface
interface Callable {

    Object call(Arguments arguments);
}
