package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import java.util.Optional;

/**
 * One turn of a conversation.
 *
 * @param role {@value #USER}, {@value #ASSISTANT} or {@value #TOOL}; the system prompt is not a turn
 * @param content its text; an assistant's tool calls are part of it, each as {@code <tool_call>{"name": …, "arguments":
 *     …}</tool_call>}
 * @param onlyContext whether an assistant's turn is context only and not learned
 */
public record Turn(
        String role, String content, Optional<Boolean> onlyContext) {

    public static final String USER = "user";
    public static final String ASSISTANT = "assistant";
    public static final String TOOL = "tool";

    public Turn {
        Require.text(role, "turns.role");
        if (!role.equals(USER) && !role.equals(ASSISTANT) && !role.equals(TOOL)) {
            throw new InvalidEventException("field 'turns.role' is '" + Require.shown(role) + "'; it must be user, assistant or tool");
        }
        Require.present(content, "turns.content");
        onlyContext = onlyContext == null ? Optional.empty() : onlyContext.filter(yes -> yes);
    }

    /** Creates a turn. It is learned only if it is an assistant's and not for context only. */
    public Turn(String role, String content, boolean onlyContext) {
        this(role, content, Optional.of(onlyContext));
    }

    /** Creates a turn that is learned if it is an assistant's. */
    public Turn(String role, String content) {
        this(role, content, false);
    }

    /** Tells whether a model learns to write it. */
    @JsonIgnore
    public boolean isLearned() {
        return role.equals(ASSISTANT) && onlyContext.isEmpty();
    }

    /** Returns this turn as context that is not learned. */
    public Turn asContext() {
        return new Turn(role, content, role.equals(ASSISTANT));
    }
}
