package dev.apprentice.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A conversation, in the form that chat templates expect.
 *
 * @param messages the messages; each has {@code role} (system, user, assistant or tool), {@code content}, and any other field
 *     that the template uses
 * @param tools descriptions of the tools that the model may call; usually empty
 */
public record Conversation(List<Map<String, Object>> messages, List<Map<String, Object>> tools) {

    public static final String ASSISTANT = "assistant";

    /** A conversation without messages. */
    public static final Conversation EMPTY = new Conversation(List.of(), List.of());

    public Conversation {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** Returns a conversation with one message of a user. */
    public static Conversation of(String message) {
        return EMPTY.with("user", message);
    }

    /** Returns this conversation with one more message. */
    public Conversation with(String role, String content) {
        List<Map<String, Object>> more = new ArrayList<>(messages);
        more.add(message(role, content));
        return new Conversation(more, tools);
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
