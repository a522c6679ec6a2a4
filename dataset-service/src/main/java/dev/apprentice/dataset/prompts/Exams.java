package dev.apprentice.dataset.prompts;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.PromptBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.persistence.EventPublisher;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.run.Assignment.TakeOver;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.service.log.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/**
 * Asks every checkpoint of a run the test questions.
 *
 * <p>A checkpoint may come before the exam is ready, as the base model usually does. It then waits on the run's list.
 */
@ApplicationScoped
public class Exams {

    private static final Logger LOG = Logger.getLogger(Exams.class);

    private final RunFolders runs;
    private final EventPublisher events;
    private final DatasetMetrics metrics;
    private final Tracer tracer;
    private final PersistentWork work = new PersistentWork("exams", 1);

    private static final int ANNOUNCEMENTS = 1_000;

    /**
     * Headers of the announcements of waiting checkpoints. The oldest are evicted when there are too many, since some wait
     * forever, such as those of a failed run. Not kept over a restart; an exam without headers starts a trace of its own.
     */
    private final Map<Announcement, Headers> announcements = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Announcement, Headers> eldest) {
            return size() > ANNOUNCEMENTS;
        }
    });

    /** Key of an announcement; a digest would not do, since runs on one base model share its digest. */
    private record Announcement(String run, int step) {

        static Announcement of(Checkpoint checkpoint) {
            return new Announcement(checkpoint.run(), checkpoint.step());
        }
    }

    Exams(RunFolders runs, EventPublisher events, DatasetMetrics metrics, Tracer tracer) {
        this.runs = runs;
        this.tracer = tracer;
        this.events = events;
        this.metrics = metrics;
    }

    /** Continues the exams that an earlier process, or another instance, left unfinished. */
    void resume(@ObservesAsync TakeOver begun) {
        work.run("look for exams to set", () -> runs.all().forEach(this::hold))
                .subscribe()
                .with(done -> {}, failure -> LOG.error("exams could not be taken over", failure));
    }

    void stop(@Observes ShutdownEvent stopping) {
        work.close();
    }

    /** Publishes the prompts for all checkpoints on the run's list, as soon as there is an exam. */
    public void hold(RunFolder run) {
        work.run("set the exam of run " + run.name(), () -> examineEnlisted(run))
                .subscribe()
                .with(done -> {}, failure -> LOG.errorf(failure, "run %s: the exam could not be set", run.name()));
    }

    /** Publishes the prompts for a checkpoint just put on the list; its exam continues the trace of its announcement. */
    void hold(RunFolder run, Checkpoint checkpoint, Headers announcement) {
        announcements.put(Announcement.of(checkpoint), announcement);
        hold(run);
    }

    private void examineEnlisted(RunFolder folder) throws IOException {
        if (folder.run().isEmpty() || !Files.exists(folder.exam()) || folder.exams().isEmpty()) {
            return;
        }
        Optional<SharedLock> lock = folder.lockExams();
        if (lock.isEmpty()) {
            throw new HeldElsewhereException("another dataset-service is doing it");
        }
        try (SharedLock held = lock.get(); RunLog log = RunLog.of(folder.name())) {
            folder.exams().takeIn();
            for (Checkpoint checkpoint : folder.exams().enlisted()) {
                examine(folder, checkpoint);
            }
        }
    }

    private void examine(RunFolder folder, Checkpoint checkpoint) throws IOException {
        List<Prompt> prompts = prompts(folder, checkpoint);
        Headers announcement = announcements.getOrDefault(Announcement.of(checkpoint), new RecordHeaders());
        Span span = TraceContext.begin(tracer, "set exam", announcement);
        try (Scope scope = span.makeCurrent(); RunLog log = RunLog.of(folder.name(), checkpoint.step()).in(span)) {
            events.publish(Topics.PROMPTS, prompts);
            LOG.infof("step %d is asked %d questions", checkpoint.step(), prompts.size());
        } finally {
            span.end();
        }
        folder.exams().strike(checkpoint);
        announcements.remove(Announcement.of(checkpoint));
        metrics.promptsPublished(prompts.size());
    }

    private static List<Prompt> prompts(RunFolder folder, Checkpoint checkpoint) throws IOException {
        Run run = folder.run().orElseThrow();
        RunSpecification specification = run.specification();
        ExamQuestions questions = new ExamQuestions(run);
        List<Prompt> prompts = new ArrayList<>();
        Path exam = folder.exam(checkpoint);
        int of = ExampleLines.count(exam);
        ExampleLines.forEach(exam, example ->
                prompts.add(prompt(specification, questions.of(example), checkpoint, example, prompts.size(), of)));
        return prompts;
    }

    private static Prompt prompt(
            RunSpecification specification, ExamQuestions.Question question, Checkpoint checkpoint, Example example, int index,
            int of) {
        return PromptBuilder.builder()
                .run(checkpoint.run())
                .step(checkpoint.step())
                .example(example.id())
                .index(index)
                .of(of)
                .checkpoint(checkpoint.uri())
                .digest(checkpoint.digest())
                .prompt(question.text())
                .instruction(example.instruction())
                .input(example.input())
                .output(example.output())
                .maxNewTokens(specification.generation().maxNewTokens())
                .judge(specification.judge())
                .labels(specification.labels())
                .category(example.category())
                .template(question.template())
                .system(Optional.of(example.system()).filter(words -> !words.isBlank()))
                .turns(example.earlierTurns())
                .build();
    }
}
