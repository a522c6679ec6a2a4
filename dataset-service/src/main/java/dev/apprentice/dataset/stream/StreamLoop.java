package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.batches.PreparationException;
import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.model.tokenizer.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * The main loop of a stream run: reads arrivals, and publishes a batch when one is full or has lingered.
 *
 * <p>Full batches are published before more is read, so the queue holds no more than one poll brings. Batches may run ahead of
 * the trainer; the log holds them, not this process.
 */
final class StreamLoop {

    private static final Logger LOG = Logger.getLogger(StreamLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** How long the position may be ahead of the last commit while nothing fills a batch. */
    private static final Duration UNCOMMITTED = Duration.ofSeconds(5);

    private static final int MOST_UNCOMMITTED = 5_000;
    private static final Duration LOOK_FOR_TOPIC_EVERY = Duration.ofSeconds(2);

    /** The largest fraction that counts as no share: in floating point, 1 - 0.7 - 0.3 is not quite 0. */
    private static final double NO_SHARE = 1e-9;

    private final Run run;
    private final RunFolder folder;
    private final StreamStore store;
    private final KnownExamples known;
    private final RunFormat format;
    private final InstructionFeed feed;
    private final StreamCurriculum curriculum;
    private final StreamPublication publication;
    private final Deadline linger;
    private final Deadline uncommitted = new Deadline(UNCOMMITTED);
    private final Deadline topicUnseen = new Deadline(LOOK_FOR_TOPIC_EVERY);
    private boolean toolsAreTold;

    StreamLoop(
            Run run,
            RunFolder folder,
            StreamStore store,
            KnownExamples known,
            RunFormat format,
            InstructionFeed feed,
            StreamCurriculum curriculum,
            StreamPublication publication) {
        this.run = run;
        this.folder = folder;
        this.store = store;
        this.known = known;
        this.format = format;
        this.feed = feed;
        this.curriculum = curriculum;
        this.publication = publication;
        this.linger = new Deadline(run.specification().data().linger().orElseThrow());
    }

    /**
     * Continues from the store's state until the run is no longer wanted, has failed, or belongs to another instance.
     *
     * @param waited whether the run waited for the disk, so that its progress says that it goes on
     * @param tell receives the phases and messages for the run's owner
     */
    void run(boolean waited, BiConsumer<Phase, String> tell) throws IOException {
        feed.goTo(StreamBeginning.position(store));
        publication.begin();
        if (waited) {
            commit();
        }
        if (waited || !hasBegun()) {
            tell.accept(Phase.PREPARED, summary());
        }
        toolsAreTold = known.toolsLeftOut() > 0;
        boolean fromNothing = store.size(StoreTable.TEXTS) == 0;
        LOG.infof("streams dataset %s: %s", run.specification().data().dataset(), summary());
        while (folder.isOursToPrepare()) {
            if (hasBegun() || !fromNothing || canValidate()) {
                publishWhatIsFull();
            }
            hear();
            tellOfTools(tell);
            requireTopic();
            if (linger.isOver()) {
                publishValidation();
                curriculum.partial().ifPresent(publication::add);
                commit();
                linger.end();
            } else if (uncommitted.isOver() || feed.uncommitted() >= MOST_UNCOMMITTED) {
                commit();
            }
        }
    }

    private boolean hasBegun() {
        return store.number(StreamCurriculum.PUBLISHED) > 0;
    }

    /**
     * Tells whether enough validation examples wait for a batch. A run that begins with an empty dataset waits for them, but no
     * longer than its examples may linger.
     */
    private boolean canValidate() {
        Split split = run.specification().data().split();
        return split.validation() < NO_SHARE
                || store.size(StoreTable.VALIDATION) >= run.specification().training().batchSize();
    }

    /** Publishes the validation batches, if no batch has been published yet: they come before the first training batch, or never. */
    private void publishValidation() throws IOException {
        if (hasBegun()) {
            return;
        }
        Training training = run.specification().training();
        int most = (int) Math.min((long) training.evaluationBatches() * training.batchSize(), store.size(StoreTable.VALIDATION));
        List<Example> sample = known.sample(StoreTable.VALIDATION, most);
        List<Row> rows = folder.crashes().risk(() -> format.rows(sample)).stream().flatMap(Optional::stream).toList();
        if (!rows.isEmpty()) {
            curriculum.validation(rows).forEach(publication::add);
            commit();
        }
    }

    private void publishWhatIsFull() throws IOException {
        publishValidation();
        Optional<FormedBatch> full = curriculum.full();
        while (full.isPresent() && folder.isOursToPrepare()) {
            publication.add(full.get());
            if (publication.isFull()) {
                commit();
            }
            full = curriculum.full();
        }
        if (!publication.isEmpty()) {
            commit();
        }
    }

    private void hear() throws IOException {
        List<Arrival> arrivals = feed.poll(POLL);
        if (!arrivals.isEmpty()) {
            folder.crashes().risk(() -> known.take(arrivals));
        }
        if (store.size(StoreTable.WAITING) > 0) {
            linger.begin();
        }
        if (feed.uncommitted() > 0) {
            uncommitted.begin();
        }
    }

    /** Reports once that tools' descriptions are not learned, if the first of them arrives while the run streams. */
    private void tellOfTools(BiConsumer<Phase, String> tell) throws IOException {
        if (!toolsAreTold && known.toolsLeftOut() > 0) {
            tell.accept(Phase.PREPARED, summary());
            toolsAreTold = true;
        }
    }

    /** Fails if the run's topic was deleted. The producer would wait for a deleted topic as it waits for an unreachable broker. */
    private void requireTopic() {
        topicUnseen.begin();
        if (!topicUnseen.isOver()) {
            return;
        }
        Topic<Batch> topic = Topics.batches(run.run());
        if (!feed.isThere(topic)) {
            throw new PreparationException("the topic " + topic.name()
                    + " was deleted while the run's batches were written to it; start a run of another name, which begins"
                    + " with all that its dataset holds");
        }
        topicUnseen.end();
    }

    private void commit() throws IOException {
        if (!publication.isEmpty()) {
            linger.end();
        }
        publication.commit();
        uncommitted.end();
    }

    private String summary() throws IOException {
        String ignored = folder.examples().ignoredFields().inWords();
        long repeated = store.size(StoreTable.IDS) - store.size(StoreTable.TEXTS);
        return "%d examples to learn, %d for the exam and %d to validate with so far; new examples follow as they come"
                .formatted(
                        store.size(StoreTable.WAITING) + store.size(StoreTable.LEARNED),
                        store.size(StoreTable.EXAM),
                        store.size(StoreTable.VALIDATION))
                + (repeated == 0 ? "" : "; " + repeated + " repeat another one and are learned or asked once")
                + format.toolsLeftOutInWords(known.toolsLeftOut())
                + (ignored.isEmpty() ? "" : "; " + ignored);
    }
}
