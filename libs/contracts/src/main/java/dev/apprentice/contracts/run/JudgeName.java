package dev.apprentice.contracts.run;

import dev.apprentice.contracts.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of a judge, {@code [SERVER:]MODEL[@RUBRIC]}, such as {@code llama3}, {@code openai:qwen3@five-point} or
 * {@code metric:chrf}.
 *
 * <p>A model's own name may hold colons: {@code llama3:8b} is a model of Ollama, since no server is called {@code llama3}.
 *
 * @param text the name as it was written, by which verdicts and reports name the judge
 * @param server the server that runs the model
 * @param model the model's name at that server, or the metric's name
 * @param rubric the rubric's name; empty for the default rubric
 */
public record JudgeName(String text, Server server, String model, Optional<String> rubric) {

    /** The most judges of a run. */
    public static final int MOST = 8;

    /** The longest name of a judge, in characters. */
    public static final int LONGEST = 200;

    /** The rule in words, for the end of an error message. */
    public static final String RULE = "a judge is [SERVER:]MODEL[@RUBRIC] with ollama, openai or metric as server, at most "
            + LONGEST + " letters, digits and . _ : + / - in all; each part between slashes starts with a letter or digit";

    private static final String PART = "[A-Za-z0-9][A-Za-z0-9._:+-]*";
    private static final Pattern VALID = Pattern.compile(PART + "(/" + PART + ")*(@[A-Za-z0-9][A-Za-z0-9._-]*)?");

    /** The kinds of servers that judges run on. */
    public enum Server {
        OLLAMA,
        /** Any server that speaks OpenAI's protocol. */
        OPENAI,
        /** No server: a reference metric instead of a model. */
        METRIC;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    /**
     * Returns the server and the model without the rubric, such as {@code llama3} or {@code openai:qwen3}. Judges with different
     * rubrics share it.
     */
    public String withoutRubric() {
        return server == Server.OLLAMA ? model : server.prefix() + model;
    }

    /** Parses one name without checking it by {@link #RULE}. */
    public static JudgeName of(String text) {
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

    /** Parses names separated by commas, without duplicates. */
    public static List<JudgeName> listOf(String names) {
        return Arrays.stream(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).distinct()
                .map(JudgeName::of)
                .toList();
    }

    /** Returns what is wrong with this name, in one sentence; empty if it follows {@link #RULE}. */
    public Optional<String> problem() {
        boolean valid = text.length() <= LONGEST && VALID.matcher(text).matches() && !model.isEmpty();
        return valid
                ? Optional.empty()
                : Optional.of("judge '" + Require.shown(text) + "' is none; " + RULE);
    }

    /**
     * Returns what is wrong with a run's judges, in one sentence.
     *
     * @param names as in {@link RunSpecification#judge()}
     * @return empty if each name follows {@link #RULE} and there are at most {@link #MOST}
     */
    public static Optional<String> problem(String names) {
        List<JudgeName> all = listOf(names);
        return all.size() > MOST
                ? Optional.of("there are " + all.size() + " judges; a run has at most " + MOST)
                : all.stream().flatMap(name -> name.problem().stream()).findFirst();
    }
}
