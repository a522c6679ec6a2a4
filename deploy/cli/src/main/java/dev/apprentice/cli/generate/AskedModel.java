package dev.apprentice.cli.generate;

import dev.apprentice.chat.AnswerForm;
import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.Exchange;
import dev.apprentice.chat.Patience;
import dev.apprentice.chat.QuestionRefusedException;
import dev.apprentice.contracts.Shortened;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Optional;

/**
 * A model that is asked with retries, and again if its answer does not have the requested form. Thread-safe.
 *
 * @param server the model's server
 * @param patience what to do if it gives no answer
 */
public record AskedModel(ChatServer server, Patience patience) {

    private static final int QUOTED = 80;

    /**
     * Returns the model's answer.
     *
     * @throws UnusableAnswerException if its form cannot be read
     * @throws dev.apprentice.chat.ModelUnavailableException if there was no answer
     * @throws dev.apprentice.chat.ModelRefusesException if the server refuses all questions
     * @throws QuestionRefusedException if it will not answer this question, or the question does not fit into the model's context
     */
    <T> T ask(String question, AnswerForm<T> form) {
        Exchange<T> exchange = Exchange.of(question, form, conversation -> chat(conversation, form.schema()));
        return exchange.reading().orElseThrow(() -> new UnusableAnswerException(
                "'" + server.model() + "' answers in another form than was asked for: " + beginning(exchange.last())));
    }

    private ChatServer.Reply chat(List<ChatMessage> conversation, Optional<JsonSchema> schema) {
        ChatServer.Reply reply = patience.await(() -> server.chat(conversation, schema));
        if (reply.cut()) {
            throw new QuestionRefusedException("the question does not fit into the context of '" + server.model()
                    + "'; give it more with --context, or shorter passages with --passage-length", null);
        }
        return reply;
    }

    private static String beginning(ChatServer.Reply reply) {
        String line = reply.text().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return (line.isEmpty() ? "nothing" : "'" + Shortened.to(QUOTED, line) + "'")
                + (reply.unfinished() ? " (truncated at its token limit, --max-tokens)" : "");
    }
}
