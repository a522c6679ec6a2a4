package dev.apprentice.cli.letters;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.TopicReader;
import java.util.List;

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
        return all().stream()
                .filter(letter -> letter.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        "There is no dead letter " + id + "; `apprentice dead-letters list` shows those there are."));
    }
}
