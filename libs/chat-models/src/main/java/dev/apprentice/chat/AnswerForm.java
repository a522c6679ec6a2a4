package dev.apprentice.chat;

import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.Optional;
import java.util.function.Function;

/**
 * The form in which an answer is requested.
 *
 * @param schema the form as a JSON schema; empty if it is not JSON
 * @param reminder the message to a model that answered in another form
 * @param reader reads an answer; empty if it is not in this form
 * @param <T> the content of an answer
 */
public record AnswerForm<T>(Optional<JsonSchema> schema, String reminder, Function<ChatServer.Reply, Optional<T>> reader) {}
