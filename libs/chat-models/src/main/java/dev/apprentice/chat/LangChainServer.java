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

/** A chat model that LangChain4j reaches. */
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
     * Puts the parts together.
     *
     * @param role what the model is for, in one word for error messages
     * @param model the model's name
     * @param address where it is asked, for error messages
     * @param identity server, model and sampling in words
     * @param client must not repeat questions by itself
     * @param context tokens that fit into the model's context, where that is known
     * @param digest which bytes the model is
     * @param digestOf which bytes gave an answer
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
        } catch (InvalidRequestException e) { // a content filter's word among them
            throw new QuestionRefusedException(
                    "'" + model + "' at " + address + " refuses this question: " + e.getMessage(), e);
        } catch (RuntimeException e) { // clients throw all kinds of them; each means that there is no answer
            throw unanswered(e);
        }
    }

    private Reply bySchema(List<ChatMessage> conversation, JsonSchema schema) {
        ResponseFormat format =
                ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(schema).build();
        try {
            return reply(ChatRequest.builder().messages(conversation).responseFormat(format).build());
        } catch (InvalidRequestException refused) { // is it the question or the schema?
            Reply reply = plainly(conversation);
            knowsSchemas = false;
            LOG.log(System.Logger.Level.INFO, () -> "'" + model + "' at " + address
                    + " takes no JSON schema and is asked without from now on: " + refused.getMessage());
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
            if (root instanceof ConnectException) { // what lies deeper says nothing to a person
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
