package dev.apprentice.chat;

import dev.langchain4j.model.ollama.OllamaModel;
import dev.langchain4j.model.ollama.OllamaModels;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Which bytes a model name stands for at an Ollama server, by its list of models; asked again now and then. */
public final class OllamaDigest implements Supplier<Optional<String>> {

    private static final System.Logger LOG = System.getLogger(OllamaDigest.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    /** What Ollama calls a model whose name has no tag. */
    public static final String USUAL_TAG = ":latest";

    private final URI url;
    private final String model;
    private Optional<String> digest = Optional.empty();
    private long askedAt;
    private boolean asked;

    OllamaDigest(URI url, String model) {
        this.url = url;
        this.model = model;
    }

    /** Empty where the server does not tell; a verdict then names the model alone. */
    @Override
    public synchronized Optional<String> get() {
        if (!asked || System.nanoTime() - askedAt > GOOD_FOR.toNanos()) {
            digest = ask();
            asked = true;
            askedAt = System.nanoTime();
        }
        return digest;
    }

    private Optional<String> ask() {
        try {
            return OllamaModels.builder()
                    .httpClientBuilder(ChatModels.plainHttp())
                    .baseUrl(url.toString())
                    .timeout(TIMEOUT)
                    .maxRetries(0)
                    .build()
                    .availableModels().content().stream()
                    .filter(listed -> model.equals(listed.getName()) || (model + USUAL_TAG).equals(listed.getName()))
                    .map(OllamaModel::getDigest)
                    .filter(listed -> listed != null && !listed.isBlank())
                    .map(listed -> listed.startsWith("sha256:") ? listed : "sha256:" + listed)
                    .findFirst();
        } catch (RuntimeException e) { // no grade is to wait because of it
            LOG.log(System.Logger.Level.DEBUG, () -> "Ollama at " + url + " does not list its models: " + e.getMessage());
            return Optional.empty();
        }
    }
}
