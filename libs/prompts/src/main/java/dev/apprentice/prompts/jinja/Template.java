package dev.apprentice.prompts.jinja;

import dev.apprentice.prompts.jinja.builtin.Functions;
import dev.apprentice.prompts.jinja.node.Output;
import dev.apprentice.prompts.jinja.node.Scope;
import dev.apprentice.prompts.jinja.node.Statement;
import dev.apprentice.prompts.jinja.parse.TemplateParser;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.Rendered;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A template that was read, to be rendered as often as need be, by several threads at once. */
public final class Template {

    /** Longer ones are refused. The longest that models have are some tens of thousands of characters. */
    public static final int MOST_CHARACTERS = 262_144;

    private static final String TOO_DEEP = "the template is nested too deep";

    private final Statement statements;

    private Template(Statement statements) {
        this.statements = statements;
    }

    /** @throws TemplateException naming the line and what is wrong there */
    public static Template parse(String source) {
        if (source.length() > MOST_CHARACTERS) {
            throw new TemplateException("the template has " + source.length() + " characters; it may have " + MOST_CHARACTERS);
        }
        try {
            return new Template(TemplateParser.parse(source));
        } catch (StackOverflowError e) {
            throw new TemplateException(TOO_DEEP);
        }
    }

    /**
     * Renders a conversation as transformers' {@code apply_chat_template} does.
     *
     * @param values messages, {@code add_generation_prompt}, {@code bos_token} and so on: null, strings, numbers, booleans,
     *     lists and maps of these. What stands in {@code messages} and {@code tools} is other people's words, but for the
     *     messages' roles; all else counts as the template's own
     * @param now what {@code strftime_now} tells
     * @throws TemplateException if the template raises an exception, does something that has no value, or uses up what it may
     */
    public Rendered render(Map<String, ?> values, LocalDateTime now) {
        Budget budget = new Budget();
        Scope scope = new Scope(budget);
        Functions.define(scope, now);
        values.forEach((name, value) -> scope.set(name, given(name, value)));
        Output out = new Output(budget);
        try {
            statements.run(scope.inner(), out);
        } catch (StackOverflowError e) {
            throw new TemplateException(TOO_DEEP);
        }
        return out.rendered();
    }

    private static Object given(String name, Object value) {
        if (name.equals("messages") && value instanceof List<?> messages) {
            List<Object> given = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                given.add(message(messages.get(i), i + 1));
            }
            return given;
        }
        return converted(value, name.equals("tools") || name.equals("documents") ? Rendered.OUTSIDE : Rendered.TEMPLATE);
    }

    private static Object message(Object value, int author) {
        Object message = converted(value, author);
        if (message instanceof Map<?, ?> fields && fields.get(Text.of("role")) instanceof Text role) {
            Map<Object, Object> trusted = new LinkedHashMap<>(fields);
            trusted.put(Text.of("role"), Text.of(role.toString()));
            return trusted;
        }
        return message;
    }

    private static Object converted(Object value, int author) {
        if (value instanceof String text) {
            return Text.of(text, author);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((key, entry) -> converted.put(converted(key, author), converted(entry, author)));
            return converted;
        }
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>();
            list.forEach(entry -> converted.add(converted(entry, author)));
            return converted;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Float real ? (Object) real.doubleValue() : value;
    }
}
