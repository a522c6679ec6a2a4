/**
 * Renders Jinja templates like Jinja2 with the settings of transformers' {@code apply_chat_template}: {@code trim_blocks},
 * {@code lstrip_blocks}, loop controls, {@code generation} blocks and an immutable sandbox.
 *
 * <p>A template is untrusted code. It can access only its own values, and its steps, output, nesting and the size of each value
 * are bounded. jinjava was tried first, but it renders only 53 of the 144 reference cases correctly.
 *
 * <p>{@code parse} turns the text into a tree of {@code node}s. Nodes apply {@code operation}s to {@code value}s and call
 * {@code builtin} functions, filters and tests.
 */
package dev.apprentice.prompts.jinja;
