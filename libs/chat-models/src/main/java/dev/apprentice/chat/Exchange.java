package dev.apprentice.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One question to a model, with the answers to it.
 *
 * <pre>
 * question → answer in the form, which is read
 *          → answer in another form → reminder → second answer, which is read if it is in the form
 *          → truncated answer, or answer to a truncated question: no reminder, since a second one would be truncated, too
 * </pre>
 *
 * @param first the answer to the question
 * @param second the answer to the reminder, if there was one
 * @param reading the content of the last answer; empty if it is not in the requested form
 * @param <T> the content of an answer
 */
public record Exchange<T>(ChatServer.Reply first, Optional<ChatServer.Reply> second, Optional<T> reading) {

    /**
     * Asks the question, and once more with a reminder if the answer is not in the requested form.
     *
     * @param model answers a conversation
     * @throws RuntimeException if the model throws one
     */
    public static <T> Exchange<T> of(
            String question, AnswerForm<T> form, Function<List<ChatMessage>, ChatServer.Reply> model) {
        UserMessage asked = UserMessage.from(question);
        ChatServer.Reply first = model.apply(List.of(asked));
        Optional<T> reading = form.reader().apply(first);
        if (reading.isPresent() || first.cut() || first.unfinished()) {
            return new Exchange<>(first, Optional.empty(), reading);
        }
        // Some servers refuse a conversation with an empty message.
        AiMessage said = AiMessage.from(first.text().isBlank() ? "(nothing)" : first.text());
        ChatServer.Reply second = model.apply(List.of(asked, said, UserMessage.from(form.reminder())));
        return new Exchange<>(first, Optional.of(second), form.reader().apply(second));
    }

    /** Returns the last answer, which is the one that counts. */
    public ChatServer.Reply last() {
        return second.orElse(first);
    }

    /** Tells whether the server silently truncated the conversation. */
    public boolean cut() {
        return first.cut() || last().cut();
    }

    /**
     * Returns the sum of a figure over all answers; empty if it is unknown for one of them.
     *
     * @param of returns the figure of one answer
     */
    public Optional<Integer> sum(Function<ChatServer.Reply, Optional<Integer>> of) {
        return second.isEmpty()
                ? of.apply(first)
                : of.apply(first).flatMap(one -> of.apply(second.get()).map(other -> one + other));
    }
}
