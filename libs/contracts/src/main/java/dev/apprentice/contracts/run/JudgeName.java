package dev.apprentice.contracts.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
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

    /** How many judges may grade a run. */
    public static final int MOST = 8;

    /** How long a judge's name may be, in characters. */
    public static final int LONGEST = 200;

    /** The rule in words, to end an error message with. */
    public static final String RULE = "a judge is [SERVER:]MODEL[@RUBRIC] with ollama, openai or metric as server, at most "
            + LONGEST + " letters, digits and . _ : + / - in all; each part between slashes starts with a letter or digit";

    private static final String PART = "[A-Za-z0-9][A-Za-z0-9._:+-]*";
    private static final Pattern VALID = Pattern.compile(PART + "(/" + PART + ")*(@[A-Za-z0-9][A-Za-z0-9._-]*)?");

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

    /** The model where it is, without a rubric: {@code llama3}, {@code openai:qwen3}. All rubrics' judges share it. */
    public String withoutRubric() {
        return server == Server.OLLAMA ? model : server.prefix() + model;
    }

    /** Reads one name, whether or not it is one by {@link #RULE}. */
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

    /** Reads names separated by commas; each once. */
    public static List<JudgeName> listOf(String names) {
        return Arrays.stream(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).distinct()
                .map(JudgeName::of)
                .toList();
    }

    /** What is wrong with this name in one sentence; empty where it follows {@link #RULE}. */
    public Optional<String> problem() {
        boolean valid = text.length() <= LONGEST && VALID.matcher(text).matches() && !model.isEmpty();
        return valid
                ? Optional.empty()
                : Optional.of("judge '" + beginning(text) + "' is none; " + RULE);
    }

    /**
     * What is wrong with a run's judges in one sentence.
     *
     * @param names as in {@link RunSpecification#judge()}
     * @return empty where each is a name by {@link #RULE}, and there are at most {@link #MOST}
     */
    public static Optional<String> problem(String names) {
        List<JudgeName> all = listOf(names);
        return all.size() > MOST
                ? Optional.of("there are " + all.size() + " judges; a run has at most " + MOST)
                : all.stream().flatMap(name -> name.problem().stream()).findFirst();
    }

    private static String beginning(String text) {
        int enough = 60;
        return text.length() <= enough ? text : text.substring(0, enough) + "…";
    }
}
