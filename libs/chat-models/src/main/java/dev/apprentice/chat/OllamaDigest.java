package dev.apprentice.chat;

import dev.langchain4j.model.ollama.OllamaModel;
import dev.langchain4j.model.ollama.OllamaModels;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The digest of the files behind a model's name on an Ollama server, read from its list of models and refreshed at intervals. */
public final class OllamaDigest implements Supplier<Optional<String>> {

    private static final System.Logger LOG = System.getLogger(OllamaDigest.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    /** The tag that Ollama gives to a model name without one. */
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

    /** Returns the digest; empty if the server does not report it, and a verdict then contains only the model's name. */
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
        } catch (RuntimeException e) { // a missing digest must not delay a grade
            LOG.log(System.Logger.Level.DEBUG, () -> "Ollama at " + url + " does not list its models: " + e.getMessage());
            return Optional.empty();
        }
    }
}
