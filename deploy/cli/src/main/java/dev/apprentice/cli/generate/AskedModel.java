package dev.apprentice.cli.generate;

import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.Patience;
import dev.apprentice.chat.QuestionRefusedException;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model that is asked with patience, and once more where its answer is not in the form that was asked for. May be asked by several
 * threads at once.
 *
 * @param server where it is
 * @param patience what is done when it gives no answer
 */
public record AskedModel(ChatServer server, Patience patience) {

    private static final int QUOTED = 80;

    /** What is asked for, and how it is read. */
    record Form<T>(Optional<JsonSchema> schema, String reminder, Function<ChatServer.Reply, Optional<T>> reader) {}

    /**
     * The model's answer.
     *
     * @throws UnusableAnswerException if it is in no form that can be read
     * @throws dev.apprentice.chat.ModelUnavailableException if there was no answer
     * @throws dev.apprentice.chat.ModelRefusesException if the server says that it gives none
     * @throws QuestionRefusedException if it will not answer this question, or the question does not fit into the model's context
     */
    <T> T ask(String question, Form<T> form) {
        UserMessage asked = UserMessage.from(question);
        ChatServer.Reply first = chat(List.of(asked), form);
        Optional<T> answer = form.reader.apply(first);
        if (answer.isPresent()) {
            return answer.get();
        }
        // A chat may not hold an empty message.
        String said = first.text().isBlank() ? "(nothing)" : first.text();
        ChatServer.Reply second = chat(List.of(asked, AiMessage.from(said), UserMessage.from(form.reminder)), form);
        return form.reader.apply(second).orElseThrow(() -> new UnusableAnswerException(
                "'" + server.model() + "' answers in another form than was asked for: " + beginning(second)));
    }

    private <T> ChatServer.Reply chat(List<ChatMessage> conversation, Form<T> form) {
        ChatServer.Reply reply = patience.await(() -> server.chat(conversation, form.schema));
        if (reply.cut()) {
            throw new QuestionRefusedException("the question does not fit into the context of '" + server.model()
                    + "'; give it more with --context, or shorter passages with --passage-length", null);
        }
        return reply;
    }

    private static String beginning(ChatServer.Reply reply) {
        String line = reply.text().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return (line.isEmpty() ? "nothing" : "'" + (line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "…") + "'")
                + (reply.unfinished() ? " (cut off at the limit of its tokens, --max-tokens)" : "");
    }
}
