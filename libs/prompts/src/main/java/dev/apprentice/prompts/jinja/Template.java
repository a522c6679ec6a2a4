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

/** A parsed template. It can be rendered any number of times. Thread-safe. */
public final class Template {

    /** The longest template that is accepted, in characters. The longest ones of models have some tens of thousands. */
    public static final int MOST_CHARACTERS = 262_144;

    private static final String TOO_DEEP = "the template is nested too deep";

    private final Statement statements;

    private Template(Statement statements) {
        this.statements = statements;
    }

    /**
     * Parses a template.
     *
     * @throws TemplateException naming the line and what is wrong there
     */
    public static Template parse(String source) {
        if (source.length() > MOST_CHARACTERS) {
            throw new TemplateException("the template has " + source.length() + " characters; it may have " + MOST_CHARACTERS);
        }
        try {
            return new Template(TemplateParser.parse(source));
        } catch (StackOverflowError e) {
            throw new TemplateException(TOO_DEEP);
        } catch (TemplateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unexpected("parsed", e);
        }
    }

    /** The last resort: an invalid template must not end the service's work as a fault of the service would. */
    private static TemplateException unexpected(String done, RuntimeException cause) {
        return new TemplateException("the template cannot be " + done + ": " + cause, cause);
    }

    /**
     * Renders a conversation as transformers' {@code apply_chat_template} does.
     *
     * @param values messages, {@code add_generation_prompt}, {@code bos_token} and so on: null, strings, numbers, booleans, lists
     *     and maps of these. The content of {@code messages}, {@code tools} and {@code documents} counts as written by others,
     *     except the messages' roles; everything else counts as the template's own
     * @param now the time that {@code strftime_now} formats
     * @throws TemplateException if the template raises an exception, evaluates an invalid expression, or exceeds its budget
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
        } catch (TemplateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unexpected("rendered", e);
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
