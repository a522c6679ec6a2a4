package dev.apprentice.dataset.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.batches.CommittedBatches;
import dev.apprentice.dataset.batches.PreparationException;
import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.batches.Sharing;
import dev.apprentice.dataset.datasets.catalog.Catalog;
import dev.apprentice.dataset.datasets.catalog.Dataset;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.persistence.EventProducers;
import dev.apprentice.dataset.preparation.StreamRuns;
import dev.apprentice.dataset.prompts.Exams;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.model.hub.DownloadMessages;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.TopicProvisioning;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.h2.mvstore.MVStoreException;

/** The stream runs of this service; see the package for how they work. */
@ApplicationScoped
class Streams implements StreamRuns {

    private final KafkaClients clients;
    private final EventProducers producers;
    private final TopicProvisioning provisioning;
    private final Catalog catalog;
    private final CatalogPosition catalogPosition;
    private final Exams exams;
    private final DatasetMetrics metrics;
    private final StreamCounts counts;
    private final DatasetSettings settings;
    private final Tracer tracer;
    private final ExampleSize size;

    Streams(
            KafkaClients clients,
            EventProducers producers,
            TopicProvisioning provisioning,
            Catalog catalog,
            CatalogPosition catalogPosition,
            Exams exams,
            DatasetMetrics metrics,
            StreamCounts counts,
            DatasetSettings settings,
            Tracer tracer,
            ExampleSize size) {
        this.size = size;
        this.clients = clients;
        this.producers = producers;
        this.provisioning = provisioning;
        this.catalog = catalog;
        this.catalogPosition = catalogPosition;
        this.exams = exams;
        this.metrics = metrics;
        this.counts = counts;
        this.settings = settings;
        this.tracer = tracer;
    }

    @Override
    public void bind(RunFolder folder, Run run) throws IOException {
        if (Files.exists(bound(folder))) {
            return;
        }
        provisioning.create(Topics.INSTRUCTIONS);
        Map<Integer, Long> position = catalogPosition.read(); // before the snapshot, so the snapshot holds everything up to this position
        Optional<Dataset> kept = catalog.keepAlso(run.specification().data().dataset(), folder.examples().file());
        folder.examples().keepIgnoredFields(kept.map(Dataset::ignoredFields).orElse(Map.of()));
        DurableFiles.write(bound(folder), Json.MAPPER.writeValueAsBytes(position));
    }

    @Override
    public void publish(RunFolder folder, Run run, boolean waited, BiConsumer<Phase, String> tell) throws IOException {
        Topic<Batch> topic = Topics.batches(run.run());
        Training training = run.specification().training();
        provisioning.create(topic);
        Path state = folder.stream().resolve("state");
        DownloadMessages fetching = new DownloadMessages(message -> tell.accept(Phase.PREPARING, message));
        try (RunFormat format = folder.crashes().risk(() -> RunFormat.open(run, metrics, fetching));
                StreamStore store = openStore(state);
                InstructionFeed feed = new InstructionFeed(clients, run.run(), run.specification().data().dataset(), size)) {
            double share = run.specification().data().replay().orElse(0.0);
            StreamCurriculum curriculum = new StreamCurriculum(
                    run.run(), store, new Replay(share, training.batchSize(), training.seed()));
            KnownExamples known = new KnownExamples(
                    store, Sharing.hashed(run.specification().data().split()), format, training.seed(), counts);
            Producer<String, Batch> producer = producers.transactional(run.run());
            try (StreamTransactions transactions = new StreamTransactions(producer, topic, store, tracer)) {
                transactions.begin();
                Optional<Batch> last = CommittedBatches.last(clients, topic);
                transactions.catchUp(last.map(curriculum::publishedWith).orElse(0L));
                StreamExam exam = new StreamExam(folder, known, settings.stream().examSize(), exams);
                if (!StreamBeginning.isOver(store)) { // reported only then, since later the trainer reports progress
                    tell.accept(Phase.PREPARING, "reading the dataset");
                    StreamBeginning beginning = new StreamBeginning(store, known, feed);
                    folder.crashes().risk(() -> beginning.takeIn(folder, readBound(folder)));
                }
                StreamPublication publication = new StreamPublication(
                        folder, known, feed, transactions, exam, counts, metrics, settings.batchesPerTransaction());
                new StreamLoop(run, folder, store, known, format, feed, curriculum, publication).run(waited, tell);
            }
        } catch (MVStoreException e) {
            throw StreamStore.cannot("read", state, e);
        }
    }

    /** Opens the store. A beginning that was interrupted is repeated on an empty store, since no batch came of it. */
    private static StreamStore openStore(Path state) throws IOException {
        StreamStore store = StreamStore.open(state);
        if (StreamBeginning.isOver(store)) {
            return store;
        }
        store.close();
        DurableFiles.deleteTree(state);
        return StreamStore.open(state);
    }

    private static Path bound(RunFolder folder) {
        return folder.stream().resolve("bound.json");
    }

    private static Map<Integer, Long> readBound(RunFolder folder) throws IOException {
        try {
            return Json.MAPPER.readValue(bound(folder).toFile(), new TypeReference<TreeMap<Integer, Long>>() {});
        } catch (JsonProcessingException e) {
            throw new PreparationException("file " + bound(folder) + " is damaged; start a run of another name, which begins with"
                    + " all that its dataset holds", e);
        }
    }
}
