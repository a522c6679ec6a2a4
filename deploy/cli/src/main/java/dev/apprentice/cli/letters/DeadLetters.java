package dev.apprentice.cli.letters;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.TopicReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the topic of dead letters. */
public final class DeadLetters {

    private final Broker broker;

    public DeadLetters(Broker broker) {
        this.broker = broker;
    }

    /** Returns all dead letters, oldest first. */
    public List<Letter> all() {
        LetterBox box = new LetterBox(letter -> true);
        new TopicReader(broker).records(Topics.DEAD_LETTERS).forEach(box::take);
        return box.all();
    }

    /** Returns a dead letter. @throws CommandException if there is none with this id */
    public Letter find(String id) {
        return find(List.of(id)).get(0);
    }

    /** Returns dead letters in the order of their ids, after one reading of the topic. @throws CommandException if one does not exist */
    public List<Letter> find(Collection<String> ids) {
        Map<String, Letter> letters = all().stream().collect(Collectors.toMap(Letter::id, Function.identity()));
        return ids.stream().map(id -> Optional.ofNullable(letters.get(id)).orElseThrow(() -> none(id))).toList();
    }

    private static CommandException none(String id) {
        return new CommandException("There is no dead letter " + id + "; `apprentice dead-letters list` shows those there are.");
    }
}
