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

/**
 * The questions of a run's exams that lie among the dead letters, on their way to an answer or to a grade: they are missing
 * for good unless they are sent again.
 */
final class LostAnswers implements AutoCloseable {

    private static final Set<String> WAY =
            Set.of(Topics.PROMPTS.name(), Topics.RESPONSES.name(), Topics.SCORES.name());

    /** One step's: the examples, and how many questions the exam has where the letters tell, else 0. */
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
     * Looks for more, and says once what there is to say.
     *
     * @param complete whether a step's exam is over: then nothing of it is missing
     * @throws dev.apprentice.cli.client.UnreachableException when the broker does not answer
     */
    void look(IntPredicate complete) {
        feed.look(box);
        open = box.open().stream().filter(letter -> !complete.test(stepOf(letter).orElseThrow())).toList();
        Set<String> ids = open.stream().map(Letter::id).collect(Collectors.toSet());
        boolean settled = ids.equals(seen); // they come in batches: one sentence for all of them
        if (settled && !said.containsAll(ids)) {
            screen.print(sentence());
            said = ids;
        }
        seen = ids;
    }

    /** What is missing now, by step. */
    Map<Integer, Lost> bySteps() {
        return open.stream().collect(Collectors.groupingBy(
                letter -> stepOf(letter).orElseThrow(), Collectors.collectingAndThen(Collectors.toList(), LostAnswers::of)));
    }

    /** In words what is missing now, why, and what to do about it; empty where nothing is. */
    Optional<String> words() {
        return open.isEmpty() ? Optional.empty() : Optional.of(sentence());
    }

    private String sentence() {
        Letter first = open.get(0);
        String which = open.size() == 1 ? first.id() : "--topic " + first.topic().orElseThrow();
        String list = open.size() == 1 ? "show " + first.id() : "list";
        return (open.size() == 1 ? "A question" : open.size() + " questions") + " of " + run
                + (open.size() == 1 ? " lies" : " lie") + " among the dead letters and will not be answered or graded: "
                + Words.oneLine(first.reason(), screen.width()) + System.lineSeparator()
                + "  `apprentice dead-letters " + list + "` shows more; once the reason is mended, `apprentice dead-letters replay "
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

    /** Prompts, responses and scores all say it, and one that cannot be read says nothing. */
    private static int questions(String value) {
        try {
            JsonNode json = Json.MAPPER.readTree(value);
            return json.path("of").asInt(0);
        } catch (JsonProcessingException unreadable) {
            return 0;
        }
    }

    /** The step that a question of this run was for, by the key run/step/example; empty for all other letters. */
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
