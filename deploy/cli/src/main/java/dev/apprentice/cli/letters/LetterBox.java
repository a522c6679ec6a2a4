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
 * Collects letters from the topic of dead letters, record by record.
 *
 * <p>If several readers dead-lettered a record, or one reader did so twice because it died in between, only the first letter
 * counts.
 */
public final class LetterBox {

    private final Predicate<Letter> kept;
    /** The letters by origin, in the order in which they were written. */
    private final Map<String, Letter> letters = new LinkedHashMap<>();
    /** For each origin, when it was last resent. */
    private final Map<String, Instant> sentAgain = new HashMap<>();

    /** Creates an empty box. @param kept which letters to remember */
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

    /** Returns all remembered letters, oldest first. */
    public List<Letter> all() {
        return letters.values().stream()
                .map(letter -> new Letter(letter.record(), Optional.ofNullable(sentAgain.get(letter.origin()))))
                .sorted(Comparator.comparing(Letter::at).thenComparing(Letter::id))
                .toList();
    }

    /** Returns the letters that were not resent, oldest first. */
    public List<Letter> open() {
        return all().stream().filter(letter -> letter.sentAgain().isEmpty()).toList();
    }
}
