package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import java.util.Optional;

/**
 * What one side of a conversation says.
 *
 * @param role {@value #USER}, {@value #ASSISTANT} or {@value #TOOL}; what the system says stands beside the turns
 * @param content what is said; the calls that an assistant makes are written into it, each as
 *     {@code <tool_call>{"name": …, "arguments": …}</tool_call>}
 * @param onlyContext of an assistant's turn: that it is read, and not learned
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

    /** One that is read, and learned only if it is an assistant's and is not for context only. */
    public Turn(String role, String content, boolean onlyContext) {
        this(role, content, Optional.of(onlyContext));
    }

    /** One that is learned if it is an assistant's. */
    public Turn(String role, String content) {
        this(role, content, false);
    }

    /** Whether a model learns to say it. */
    @JsonIgnore
    public boolean isLearned() {
        return role.equals(ASSISTANT) && onlyContext.isEmpty();
    }

    /** To be read and not learned. */
    public Turn asContext() {
        return new Turn(role, content, role.equals(ASSISTANT));
    }
}
