package dev.apprentice.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;
import java.util.Optional;

/** One chat model on one server. May be asked by several threads at once; repeats nothing by itself. */
public interface ChatServer {

    /** The model's name there. */
    String model();

    /** Where it is asked. */
    String address();

    /** Everything that an answer depends on besides the question, digest aside: server, model, sampling. */
    String identity();

    /** Which bytes the model is, where the server tells before it is asked. */
    Optional<String> digest();

    /**
     * Lets the model answer.
     *
     * @param conversation the question, or question, answer and what was said about that
     * @param schema what the answer shall look like; not kept to where the server knows no schemas
     * @throws ModelUnavailableException if there was no answer; the same question may be asked again
     * @throws ModelRefusesException if the server says that it gives no answer, to this question or to any
     * @throws QuestionRefusedException if the server will not answer this question, however often it is asked
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    Reply chat(List<ChatMessage> conversation, Optional<JsonSchema> schema);

    /**
     * What a model answered.
     *
     * @param text the answer
     * @param digest which bytes answered, where the server tells
     * @param promptTokens tokens of the conversation, where the server counts
     * @param answerTokens tokens of the answer, where the server counts
     * @param cut whether the conversation filled the model's context: the server silently cut it
     * @param unfinished whether the answer was cut off at the limit of its tokens
     */
    record Reply(
            String text,
            Optional<String> digest,
            Optional<Integer> promptTokens,
            Optional<Integer> answerTokens,
            boolean cut,
            boolean unfinished) {}
}
