package dev.apprentice.cli.letters;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topic of dead letters says, record by record.
 *
 * <p>A record that several readers dead-lettered, or one reader twice because it died in between, is one letter: the first.
 */
public final class LetterBox {

    private final Predicate<Letter> kept;
    /** By what was dead-lettered, in the order in which it was. */
    private final Map<String, Letter> letters = new LinkedHashMap<>();
    /** By what was dead-lettered, when it was last sent again. */
    private final Map<String, Instant> sentAgain = new HashMap<>();

    /** @param kept which letters to remember */
    public LetterBox(Predicate<Letter> kept) {
        this.kept = kept;
    }

    /** Takes the topic's next record. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        Letter letter = new Letter(record, Optional.empty());
        Optional<String> mark = DeadLetterReplay.marked(record);
        if (mark.isPresent()) {
            sentAgain.merge(mark.get(), letter.at(), (one, other) -> one.isAfter(other) ? one : other);
        } else if (kept.test(letter)) {
            letters.putIfAbsent(letter.origin(), letter);
        }
    }

    /** All that are remembered, oldest first. */
    public List<Letter> all() {
        return letters.values().stream()
                .map(letter -> new Letter(letter.record(), Optional.ofNullable(sentAgain.get(letter.origin()))))
                .sorted(Comparator.comparing(Letter::at).thenComparing(Letter::id))
                .toList();
    }

    /** Those that have not been sent again, oldest first. */
    public List<Letter> open() {
        return all().stream().filter(letter -> letter.sentAgain().isEmpty()).toList();
    }
}
