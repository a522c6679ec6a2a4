package dev.apprentice.judge.judging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who grades: {@code [SERVER:]MODEL[@RUBRIC]}, as in {@code llama3}, {@code openai:qwen3@five-point} or
 * {@code metric:chrf}.
 *
 * <p>A model's own name may hold colons: {@code llama3:8b} is a model of Ollama, for no server is called {@code llama3}.
 *
 * @param text as it was written; what verdicts and reports call the judge
 * @param server who runs the model
 * @param model the model's name there, or the metric's
 * @param rubric what is asked; empty for the usual
 */
public record JudgeName(String text, Server server, String model, Optional<String> rubric) {

    /** Where judges come from. */
    public enum Server {
        OLLAMA,
        /** Any server that speaks OpenAI's protocol. */
        OPENAI,
        /** No model at all: a reference metric. */
        METRIC;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    /** Reads one name. */
    static JudgeName of(String text) {
        String whole = text.strip();
        Server server = Stream.of(Server.values())
                .filter(each -> whole.startsWith(each.prefix()))
                .findFirst()
                .orElse(Server.OLLAMA);
        String rest = whole.startsWith(server.prefix()) ? whole.substring(server.prefix().length()) : whole;
        int at = rest.lastIndexOf('@');
        return at < 0
                ? new JudgeName(whole, server, rest, Optional.empty())
                : new JudgeName(whole, server, rest.substring(0, at), Optional.of(rest.substring(at + 1)));
    }

    /** Reads names separated by commas; each once. */
    static List<JudgeName> listOf(String names) {
        return Arrays.stream(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).distinct()
                .map(JudgeName::of)
                .toList();
    }
}
