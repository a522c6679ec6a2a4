package dev.apprentice.cli.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.letters.Letter;
import dev.apprentice.cli.letters.LetterBox;
import dev.apprentice.cli.letters.LetterFeed;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.topic.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The questions of a run's exams that became dead letters as prompts, responses or scores. They stay missing unless they are resent. */
final class LostAnswers implements AutoCloseable {

    private static final Set<String> WAY =
            Set.of(Topics.PROMPTS.name(), Topics.RESPONSES.name(), Topics.SCORES.name());

    /** The lost questions of one step: their examples, and the number of all questions in the exam, 0 if the letters do not contain it. */
    record Lost(Set<String> examples, int questions) {}

    private final String run;
    private final LetterFeed feed;
    private final Screen screen;
    private final LetterBox box;
    private List<Letter> open = List.of();
    private Set<String> seen = Set.of();
    private Set<String> said = Set.of();

    LostAnswers(String run, LetterFeed feed, Screen screen) {
        this.run = run;
        this.feed = feed;
        this.screen = screen;
        this.box = new LetterBox(letter -> stepOf(letter).isPresent());
    }

    /**
     * Looks for lost questions and prints each finding once.
     *
     * @param complete whether a step's exam is complete; then its letters are ignored
     * @throws dev.apprentice.cli.client.UnreachableException if the broker does not respond
     */
    void look(IntPredicate complete) {
        feed.look(box);
        open = box.open().stream().filter(letter -> !complete.test(stepOf(letter).orElseThrow())).toList();
        Set<String> ids = open.stream().map(Letter::id).collect(Collectors.toSet());
        boolean settled = ids.equals(seen); // letters come in batches, so one sentence covers them all
        if (settled && !said.containsAll(ids)) {
            screen.print(sentence());
            said = ids;
        }
        seen = ids;
    }

    /** Returns the lost questions by step. */
    Map<Integer, Lost> bySteps() {
        return open.stream().collect(Collectors.groupingBy(
                letter -> stepOf(letter).orElseThrow(), Collectors.collectingAndThen(Collectors.toList(), LostAnswers::of)));
    }

    /** Returns sentences about the lost questions: which, why, and what to do; empty if none is lost. */
    Optional<String> words() {
        return open.isEmpty() ? Optional.empty() : Optional.of(sentence());
    }

    private String sentence() {
        Letter first = open.get(0);
        String which = open.size() == 1 ? first.id() : "--topic " + first.topic().orElseThrow();
        String list = open.size() == 1 ? "show " + first.id() : "list";
        return (open.size() == 1 ? "A question" : open.size() + " questions") + " of " + run
                + (open.size() == 1 ? " became a dead letter" : " became dead letters") + " and will not be answered or graded: "
                + Words.oneLine(first.reason(), screen.width()) + System.lineSeparator()
                + "  `apprentice dead-letters " + list + "` shows more; after the cause is fixed, `apprentice"
                + " dead-letters replay "
                + which + "` sends " + (open.size() == 1 ? "it" : "them") + " again.";
    }

    private static Lost of(List<Letter> letters) {
        Set<String> examples = new HashSet<>();
        int questions = 0;
        for (Letter letter : letters) {
            examples.add(letter.key().orElseThrow());
            questions = Math.max(questions, letter.value().map(LostAnswers::questions).orElse(0));
        }
        return new Lost(examples, questions);
    }

    /** Returns the number of the exam's questions, which prompts, responses and scores contain; 0 if the value cannot be read. */
    private static int questions(String value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            return json.path("of").asInt(0);
        } catch (JsonProcessingException unreadable) {
            return 0;
        }
    }

    /** Returns the step of a letter with a question of this run, whose key is run/step/example; empty for any other letter. */
    private Optional<Integer> stepOf(Letter letter) {
        String[] key = letter.key().orElse("").split("/", 3);
        boolean ours = key.length == 3 && key[0].equals(run) && letter.topic().map(WAY::contains).orElse(false);
        return Optional.of(key).filter(parts -> ours && parts[1].matches("\\d{1,9}")).map(parts -> Integer.valueOf(parts[1]));
    }

    @Override
    public void close() {
        feed.close();
    }
}
