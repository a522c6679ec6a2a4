package dev.apprentice.chat;

import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.Optional;
import java.util.function.Function;

/**
 * A form that an answer is asked for in.
 *
 * @param schema as a JSON schema; empty where it is no JSON
 * @param reminder what is said to a model that answered in another
 * @param reader what an answer says; empty where it is not in this form
 * @param <T> what an answer says
 */
public record AnswerForm<T>(Optional<JsonSchema> schema, String reminder, Function<ChatServer.Reply, Optional<T>> reader) {}
