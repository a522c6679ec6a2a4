package dev.apprentice.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.ConnectException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;

/** A chat model that is called with LangChain4j. */
final class LangChainServer implements ChatServer {

    private static final System.Logger LOG = System.getLogger(LangChainServer.class.getName());

    private final String role;
    private final String model;
    private final String address;
    private final String identity;
    private final ChatModel client;
    private final Optional<Integer> context;
    private final Supplier<Optional<String>> digest;
    private final Function<ChatResponse, Optional<String>> digestOf;
    private volatile boolean knowsSchemas = true;

    /**
     * Creates the client from its parts.
     *
     * @param role the purpose of the model, in one word for error messages
     * @param model the model's name
     * @param address the server's address, for error messages
     * @param identity server, model and sampling as a text
     * @param client must not retry
     * @param context tokens that fit into the model's context, if known
     * @param digest returns the digest of the model's files
     * @param digestOf returns the digest of the model that gave an answer
     */
    LangChainServer(
            String role,
            String model,
            String address,
            String identity,
            ChatModel client,
            Optional<Integer> context,
            Supplier<Optional<String>> digest,
            Function<ChatResponse, Optional<String>> digestOf) {
        this.role = role;
        this.model = model;
        this.address = address;
        this.identity = identity;
        this.client = client;
        this.context = context;
        this.digest = digest;
        this.digestOf = digestOf;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Optional<String> digest() {
        return digest.get();
    }

    @Override
    public Reply chat(List<ChatMessage> conversation, Optional<JsonSchema> schema) {
        try {
            return schema.isPresent() && knowsSchemas ? bySchema(conversation, schema.get()) : plainly(conversation);
        } catch (InvalidRequestException e) { // also thrown for a content filter's refusal
            throw new QuestionRefusedException(
                    "'" + model + "' at " + address + " refuses this question: " + e.getMessage(), e);
        } catch (RuntimeException e) { // clients throw many types; each means that there is no answer
            throw unanswered(e);
        }
    }

    private Reply bySchema(List<ChatMessage> conversation, JsonSchema schema) {
        ResponseFormat format =
                ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(schema).build();
        try {
            return reply(ChatRequest.builder().messages(conversation).responseFormat(format).build());
        } catch (InvalidRequestException refused) { // the cause is the question or the schema: without a schema it shows which
            Reply reply = plainly(conversation);
            knowsSchemas = false;
            LOG.log(System.Logger.Level.INFO, () -> "'" + model + "' at " + address
                    + " does not support JSON schemas; questions are sent without one from now on: " + refused.getMessage());
            return reply;
        }
    }

    private Reply plainly(List<ChatMessage> conversation) {
        return reply(ChatRequest.builder().messages(conversation).build());
    }

    private Reply reply(ChatRequest request) {
        ChatResponse response = client.chat(request);
        String text = response.aiMessage().text();
        Optional<TokenUsage> usage = Optional.ofNullable(response.tokenUsage());
        Optional<Integer> promptTokens = usage.map(TokenUsage::inputTokenCount);
        return new Reply(
                text == null ? "" : text,
                digestOf.apply(response).or(digest),
                promptTokens,
                usage.map(TokenUsage::outputTokenCount),
                context.isPresent() && promptTokens.isPresent() && promptTokens.get() >= context.get(),
                response.finishReason() == FinishReason.LENGTH);
    }

    private RuntimeException unanswered(RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            if (root instanceof AuthenticationException || root instanceof ModelNotFoundException) {
                break;
            }
            if (root instanceof ConnectException) { // deeper causes would not help a user
                return unavailable("no connection", e);
            }
            root = root.getCause();
        }
        if (root instanceof InterruptedException) {
            return new CancellationException(role + " '" + model + "' was interrupted");
        }
        if (root instanceof AuthenticationException
                || root instanceof ModelNotFoundException
                || root instanceof AnswerErrors.FoundException) {
            return new ModelRefusesException(
                    role + " '" + model + "' at " + address + " gives no answer: " + root.getMessage(), e);
        }
        return unavailable(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage(), e);
    }

    private ModelUnavailableException unavailable(String reason, Throwable cause) {
        return new ModelUnavailableException(
                role + " '" + model + "' at " + address + " did not answer: " + reason, cause);
    }
}
