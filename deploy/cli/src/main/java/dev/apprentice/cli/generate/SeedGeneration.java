package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.cli.generate.file.ExampleFile;
import dev.apprentice.cli.generate.file.GeneratedFiles;
import dev.apprentice.cli.generate.file.Made;
import dev.apprentice.cli.terminal.Bar;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Generates new instructions from seeds, and examples of them: Self-Instruct (Wang et al. 2023). In each round the model is shown
 * some instructions and writes new ones. Then it writes an example of each that is new enough.
 *
 * @param writer writes instructions and examples
 * @param judge decides whether an example is right; if empty, all are kept
 * @param seed the seed of the draws
 * @param parallel how many examples of a round are requested at once
 */
public record SeedGeneration(AskedModel writer, Optional<ScoringJudge> judge, int seed, int parallel) {

    /** The source that is recorded in its files. */
    public static final String SOURCE = "seed instructions";

    private static final int NEW_A_ROUND = 5;
    /** The most rounds in a row without a new example, since a model can run out of new instructions. */
    private static final int MOST_BARREN = 10;

    private static final String ASKED = """
            Below are instructions for an assistant that reads and writes text. Write %d new ones.

            - Each differs from these and from each other in what it is about, what it asks for, and how it is worded.
            - An assistant can follow each with text alone, at once, and without looking anything up.
            - Each is one or two sentences: a question or an order.
            - Write in the language of the instructions below.

            Respond with nothing but a JSON object: {"instructions": ["...", "..."]}

            %s""";

    private static final String ANSWERED = """
            Below is an instruction for an assistant. Write one example of it: the input that it needs, such as a sentence or a list of \
            numbers, and the assistant's answer. Leave the input empty where the instruction says all. The answer is right, whole, and \
            nothing but the answer.

            Respond with nothing but a JSON object: {"input": "...", "output": "..."}

            Instruction: %s""";

    private static final String JUDGED = """
            Below are an instruction, perhaps its input, and an answer. Judge whether the instruction makes sense and whether the answer \
            follows it and is right.

            100: a person would not change a word.
            50: the answer is right in part, or lacks something that was asked for.
            0: the instruction makes no sense, or the answer is wrong or answers something else.

            Respond with nothing but a JSON object: {"reason": "...", "score": an integer from 0 to 100}

            Instruction: %s

            Input: %s

            Answer: %s""";

    /** Reads the seeds. @throws CommandException if there are none in the file */
    public static List<String> seeds(Path file, Screen screen) {
        ExampleFile read = ExampleFile.read(file, "--seeds", true);
        List<String> seeds = read.examples().stream().map(example -> example.path("instruction").asText().strip()).distinct().toList();
        if (seeds.isEmpty()) {
            throw new CommandException("There is no instruction in " + file + "; --seeds takes one a line, or JSON with 'instruction'.");
        }
        int again = read.examples().size() - seeds.size();
        screen.print(file + ": " + Words.counted(seeds.size(), "instruction")
                + (again > 0 ? "; " + Words.counted(again, "duplicate") + ", used once" : "")
                + (read.others() > 0 ? "; " + Words.counted(read.others(), "entry") + " without 'instruction' left out" : "") + ".");
        return seeds;
    }

    /**
     * Asks in rounds until there are this many examples.
     *
     * @return whether there are
     */
    public boolean run(List<String> seeds, int count, GeneratedFiles files, Screen screen) {
        InstructionPool instructions = new InstructionPool(seeds, files.kept().stream().map(line -> line.path("instruction").asText()).toList());
        int done = 0;
        int failed = 0;
        int failedInARow = 0;
        int barren = 0;
        int earlier = 0;
        try (Bar bar = new Bar(screen, "generate", "examples", count)) {
            for (int round = 1; files.kept().size() < count && failedInARow < Generation.MOST_FAILURES && barren < MOST_BARREN; round++) {
                String id = "round-" + round;
                if (files.isDone(id)) {
                    earlier++;
                    continue;
                }
                int known = instructions.size();
                try {
                    Made made = make(round, instructions, count - files.kept().size());
                    files.write(id, made);
                    done++;
                    failedInARow = 0;
                    barren = made.kept().isEmpty() ? barren + 1 : 0;
                } catch (UnusableAnswerException e) {
                    files.write(id, new Made(List.of(),
                            List.of(new Made.Rejected(Json.MAPPER.createObjectNode(), Made.Why.NO_ANSWER, e.getMessage()))));
                    done++;
                    failedInARow = 0;
                    barren++;
                } catch (RuntimeException e) {
                    String reason = ModelFailure.words(e);
                    files.fail(id, reason);
                    instructions.forgetAfter(known); // none of their examples was written
                    screen.print("round " + round + ": " + reason + "; the next call tries again.");
                    failed++;
                    failedInARow++;
                }
                bar.update(files.kept().size());
            }
        }
        if (barren == MOST_BARREN) {
            screen.print(MOST_BARREN + " rounds in a row gave no new example, so generation stops; add more or different seeds.");
        }
        Summary.print(screen, "rounds", new Generation.Outcome(earlier, done, failed, 0), files);
        return files.kept().size() >= count;
    }

    private Made make(int round, InstructionPool instructions, int most) {
        Random random = new Random(seed * 1_000_003L + round);
        List<String> shown = instructions.drawn(random);
        String list = IntStream.range(0, shown.size()).mapToObj(i -> i + 1 + ". " + shown.get(i)).collect(Collectors.joining("\n"));
        List<Made.Rejected> rejected = new ArrayList<>();
        List<ObjectNode> fresh = new ArrayList<>();
        for (String instruction : writer.ask(ASKED.formatted(NEW_A_ROUND, list), Written.INSTRUCTIONS)) {
            ObjectNode example = Json.MAPPER.createObjectNode().put("instruction", instruction);
            if (fresh.size() == most) {
                rejected.add(new Made.Rejected(example, Made.Why.BEYOND_COUNT, "--count was reached; give a greater one to have more"));
            } else {
                instructions.join(instruction)
                        .map(refusal -> new Made.Rejected(example, refusal.why(), refusal.reason()))
                        .ifPresentOrElse(rejected::add, () -> fresh.add(example));
            }
        }
        return answered(fresh, rejected);
    }

    /** Requests all examples of a round in parallel; the results are in their order. */
    private Made answered(List<ObjectNode> fresh, List<Made.Rejected> rejected) {
        List<ObjectNode> kept = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<Optional<Made.Rejected>>> begun =
                    fresh.stream().map(example -> threads.submit(() -> answered(example))).toList();
            for (int i = 0; i < fresh.size(); i++) {
                ObjectNode example = fresh.get(i);
                begun.get(i).get().ifPresentOrElse(rejected::add, () -> kept.add(example));
            }
            return new Made(kept, rejected);
        } catch (ExecutionException e) {
            ModelFailure.words(e.getCause()); // rethrows what no model caused
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Requests an input and an output and adds them. Returns the rejection; empty if the example is good. */
    private Optional<Made.Rejected> answered(ObjectNode example) {
        String instruction = example.path("instruction").asText();
        try {
            JsonNode written = writer.ask(ANSWERED.formatted(instruction), Written.EXAMPLE);
            example.put("input", written.path("input").asText().strip()).put("output", written.path("output").asText().strip());
        } catch (UnusableAnswerException e) {
            return Optional.of(new Made.Rejected(example, Made.Why.NO_ANSWER, e.getMessage()));
        }
        return judge.flatMap(judging -> judging.against(
                example, JUDGED.formatted(instruction, example.path("input").asText(), example.path("output").asText())));
    }
}
