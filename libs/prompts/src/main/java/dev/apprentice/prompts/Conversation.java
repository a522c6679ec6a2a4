package dev.apprentice.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was said so far, as chat templates know it.
 *
 * @param messages each with {@code role} (system, user, assistant or tool), {@code content}, and what else its template uses
 * @param tools descriptions of the tools that may be called, mostly none
 */
public record Conversation(List<Map<String, Object>> messages, List<Map<String, Object>> tools) {

    public static final String ASSISTANT = "assistant";

    /** Nothing was said yet. */
    public static final Conversation EMPTY = new Conversation(List.of(), List.of());

    public Conversation {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** One message of a user. */
    public static Conversation of(String message) {
        return EMPTY.with("user", message);
    }

    /** This conversation with one more message. */
    public Conversation with(String role, String content) {
        List<Map<String, Object>> more = new ArrayList<>(messages);
        more.add(message(role, content));
        return new Conversation(more, tools);
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
