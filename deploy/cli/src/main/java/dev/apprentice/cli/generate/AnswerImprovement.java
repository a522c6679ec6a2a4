package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.cli.generate.file.ExampleFile;
import dev.apprentice.cli.generate.file.GeneratedFiles;
import dev.apprentice.cli.generate.file.Made;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.contracts.Shortened;
import dev.apprentice.local.CommandException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has a model reflect on answers and rewrite them: Reflection-Tuning (Li et al. 2023, arXiv 2310.11716). A rewrite replaces the
 * original only if the judge prefers it.
 *
 * @param writer rewrites
 * @param judge compares the rewrite with the original
 */
public record AnswerImprovement(AskedModel writer, ComparingJudge judge) implements Task<ObjectNode> {

    /** The source that is recorded in its files. */
    public static final String SOURCE = "answers to improve";

    private static final int PLACE_LENGTH = 60;

    private static final String ASKED = """
            Below are an instruction, perhaps its input, and an answer. First say what the answer lacks: is it right, complete, clear, to \
            the point, and in the form that is asked for? Then write a better answer, and nothing but the answer. Keep what is good.

            Respond with nothing but a JSON object: {"critique": "...", "output": "..."}

            Instruction: %s

            Input: %s

            Answer: %s""";

    /**
     * Reads the examples, then asks about each.
     *
     * @return whether all is done
     * @throws CommandException if there is nothing to improve in the file
     */
    public boolean run(Path file, GeneratedFiles files, Screen screen, int parallel) {
        ExampleFile read = ExampleFile.read(file, "--improve", false);
        Map<String, ObjectNode> examples = new LinkedHashMap<>();
        read.examples().stream().filter(example -> !example.path("output").asText().isBlank())
                .forEach(example -> examples.putIfAbsent(id(example), example));
        int answered = (int) read.examples().stream().filter(example -> !example.path("output").asText().isBlank()).count();
        int others = read.others() + read.examples().size() - answered;
        if (examples.isEmpty()) {
            throw new CommandException("There is no example with instruction and output in " + file + "; --improve rewrites those.");
        }
        if (others > 0) {
            screen.print("Left out of " + file + ": " + others + " without instruction or output.");
        }
        if (answered > examples.size()) {
            screen.print("Left out of " + file + ": " + Words.counted(answered - examples.size(), "duplicate") + " of an earlier one.");
        }
        Generation.Outcome outcome =
                new Generation(files, screen, parallel).run("examples", List.copyOf(examples.values()), this, made -> made);
        long improved = files.kept().stream().filter(line -> line.path("improved").asBoolean()).count();
        Summary.print(screen, "examples", outcome, files);
        screen.print(improved + " of " + files.kept().size() + " have a better answer; the original is in original_output.");
        return outcome.isComplete();
    }

    @Override
    public String id(ObjectNode example) {
        return Digest.of(example.toString());
    }

    @Override
    public String place(ObjectNode example) {
        String instruction = example.path("instruction").asText().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return "'" + Shortened.to(PLACE_LENGTH, instruction) + "'";
    }

    @Override
    public Made make(ObjectNode example) {
        String original = example.path("output").asText();
        String instruction = example.path("instruction").asText();
        String input = example.path("input").asText();
        JsonNode written = writer.ask(ASKED.formatted(instruction, input, original), Written.REWRITE);
        String rewrite = written.path("output").asText().strip();
        ComparingJudge.Preference preference = rewrite.equals(original.strip())
                ? new ComparingJudge.Preference(false, true, "the rewrite is equal to the original")
                : judge.prefers(instruction, input, original, rewrite);
        if (preference.second()) {
            return new Made(List.of(chosen(example, rewrite, true)), List.of());
        }
        ObjectNode rejected = example.deepCopy().put("output", rewrite).put("original_output", original);
        Made.Why why = preference.readable() ? Made.Why.NOT_BETTER : Made.Why.UNREADABLE_VERDICT;
        return new Made(List.of(chosen(example, original, false)), List.of(new Made.Rejected(rejected, why, preference.reason())));
    }

    @Override
    public Made unanswered(ObjectNode example, String reason) {
        return new Made(List.of(chosen(example, example.path("output").asText(), false)),
                List.of(new Made.Rejected(example.deepCopy(), Made.Why.NO_ANSWER, reason)));
    }

    private static ObjectNode chosen(ObjectNode example, String output, boolean improved) {
        return example.deepCopy().put("output", output).put("original_output", example.path("output").asText()).put("improved", improved);
    }
}
