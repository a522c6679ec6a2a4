package dev.apprentice.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One question to a model, with all that was said about it.
 *
 * <pre>
 * question → answer, read
 *          → answer in another form → reminder → second answer, read or not
 *          → answer that was cut off, or to a question that was: there is no second one, it would be cut off, too
 * </pre>
 *
 * @param first the answer to the question
 * @param second the answer to the reminder, where there was one
 * @param reading what the last answer says; empty where it is not in the form that was asked for
 * @param <T> what an answer says
 */
public record Exchange<T>(ChatServer.Reply first, Optional<ChatServer.Reply> second, Optional<T> reading) {

    /**
     * Asks, once or twice.
     *
     * @param model answers a conversation
     * @throws RuntimeException what the model throws
     */
    public static <T> Exchange<T> of(
            String question, AnswerForm<T> form, Function<List<ChatMessage>, ChatServer.Reply> model) {
        UserMessage asked = UserMessage.from(question);
        ChatServer.Reply first = model.apply(List.of(asked));
        Optional<T> reading = form.reader().apply(first);
        if (reading.isPresent() || first.cut() || first.unfinished()) {
            return new Exchange<>(first, Optional.empty(), reading);
        }
        // A chat may not hold an empty message: some servers refuse it.
        AiMessage said = AiMessage.from(first.text().isBlank() ? "(nothing)" : first.text());
        ChatServer.Reply second = model.apply(List.of(asked, said, UserMessage.from(form.reminder())));
        return new Exchange<>(first, Optional.of(second), form.reader().apply(second));
    }

    /** The answer that counts. */
    public ChatServer.Reply last() {
        return second.orElse(first);
    }

    /** Whether the server silently cut what was asked. */
    public boolean cut() {
        return first.cut() || last().cut();
    }

    /** A figure of all answers together; empty where it is not known of each. @param of the figure of one answer */
    public Optional<Integer> sum(Function<ChatServer.Reply, Optional<Integer>> of) {
        return second.isEmpty()
                ? of.apply(first)
                : of.apply(first).flatMap(one -> of.apply(second.get()).map(other -> one + other));
    }
}
