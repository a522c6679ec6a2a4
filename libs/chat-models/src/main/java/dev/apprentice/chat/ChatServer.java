package dev.apprentice.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Optional;

/** One chat model on one server. Thread-safe; does not retry. */
public interface ChatServer {

    /** Returns the model's name on the server. */
    String model();

    /** Returns the server's address. */
    String address();

    /** Returns everything that an answer depends on, except the question and the digest: server, model, sampling. */
    String identity();

    /** Returns the digest of the model's files, if the server reports it before the first question. */
    Optional<String> digest();

    /**
     * Lets the model answer.
     *
     * @param conversation the question; or the question, an answer, and a message about that answer
     * @param schema the schema of the answer; ignored if the server does not support schemas
     * @throws ModelUnavailableException if there was no answer; the same question may be asked again
     * @throws ModelRefusesException if the server reports an error instead of an answer, to this question or to any
     * @throws QuestionRefusedException if the server will not answer this question, however often it is asked
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    Reply chat(List<ChatMessage> conversation, Optional<JsonSchema> schema);

    /**
     * A model's answer.
     *
     * @param text the answer
     * @param digest the digest of the model that answered, if the server reports it
     * @param promptTokens tokens of the conversation, if the server counts them
     * @param answerTokens tokens of the answer, if the server counts them
     * @param cut whether the conversation filled the model's context, which means that the server silently truncated it
     * @param unfinished whether the answer was truncated at its limit of tokens
     */
    record Reply(
            String text,
            Optional<String> digest,
            Optional<Integer> promptTokens,
            Optional<Integer> answerTokens,
            boolean cut,
            boolean unfinished) {}
}
