package dev.apprentice.dataset.lesson;

import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Topics;
import dev.apprentice.dataset.exam.Exams;
import dev.apprentice.dataset.persistence.EventPublisher;
import dev.apprentice.dataset.persistence.Transience;
import dev.apprentice.dataset.run.Outcome;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.DownloadMessages;
import dev.apprentice.service.RunLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Prepares a run: its examples become batches, its held-out ones an exam. A stream's preparation has no end.
 *
 * <p>All of it can be done again from the beginning, and comes to the same.
 */
@ApplicationScoped
class Preparation {

    private static final Logger LOG = Logger.getLogger(Preparation.class);

    private final LessonPlanner planner;
    private final CurriculumPublisher publisher;
    private final StreamRuns streams;
    private final EventPublisher events;
    private final Exams exams;

    Preparation(
            LessonPlanner planner,
            CurriculumPublisher publisher,
            StreamRuns streams,
            EventPublisher events,
            Exams exams) {
        this.planner = planner;
        this.publisher = publisher;
        this.streams = streams;
        this.events = events;
        this.exams = exams;
    }

    /**
     * Does what is left to do. A run that cannot be prepared is told so and is done with.
     *
     * @throws Exception if disk or broker fail; see {@link Transience}
     */
    void prepare(RunFolder folder) throws Exception {
        if (!folder.isUnprepared()) {
            return;
        }
        Run run = folder.run().orElseThrow();
        try (RunLog log = RunLog.of(run.run())) {
            prepareOrFail(folder, run);
        }
    }

    private void prepareOrFail(RunFolder folder, Run run) throws Exception {
        try {
            prepare(folder, run);
        } catch (Exception e) {
            boolean explained = e instanceof PreparationException || e instanceof ModelException;
            if (Thread.currentThread().isInterrupted()) {
                throw e; // the service ends, and then anything may fail without being the run's fault
            } else if (explained) {
                LOG.errorf("cannot be prepared: %s", e.getMessage());
                fail(folder, run, e.getMessage());
            } else if (Transience.passes(e)) {
                throw e;
            } else if (Transience.isFenced(e)) {
                LOG.warn("another dataset-service prepares the run; this one leaves it alone");
            } else {
                LOG.error("cannot be prepared", e);
                fail(folder, run, "the data could not be prepared: " + e);
            }
        }
    }

    private void prepare(RunFolder folder, Run run) throws IOException {
        if (folder.finishedAt().isPresent()) {
            folder.end(new Outcome(run.requestedAt(), Optional.empty())); // it has learned all that it will
            return;
        }
        Optional<Instant> deleted = folder.batchesDeletedAt();
        if (deleted.isPresent()) {
            throw new PreparationException(("the batches of run '%s' were deleted at %s, because it had been cancelled for"
                            + " longer than apprentice.dataset.keep-batches.cancelled; start a run of another name")
                    .formatted(run.run(), deleted.get()));
        }
        if (folder.isStream()) {
            streams.publish(folder, run, (phase, message) -> tell(run, phase, Optional.empty(), Optional.empty(), message));
            return;
        }
        if (!Files.exists(folder.examples())) {
            throw new PreparationException(("dataset '%s' is unknown to dataset-service; upload it with"
                            + " POST /datasets/%<s and start the run again")
                    .formatted(run.specification().data().dataset()));
        }
        tell(run, Phase.PREPARING, Optional.empty(), Optional.empty(), "turning examples into tokens");
        Lesson lesson = planner.plan(run, folder.examples(), folder.exam(), new DownloadMessages(message ->
                tell(run, Phase.PREPARING, Optional.empty(), Optional.empty(), message)));
        LOG.info(lesson.summary());
        exams.hold(folder);
        if (folder.isWanted()) {
            publish(folder, run, lesson);
        }
    }

    private void publish(RunFolder folder, Run run, Lesson lesson) throws IOException {
        int total = lesson.curriculum().size();
        boolean complete = publisher.publish(run.run(), lesson.curriculum(), folder::isWanted, done ->
                tell(run, Phase.PREPARING, Optional.of(done), Optional.of(total), lesson.summary()));
        if (complete) {
            events.publish(Topics.PROGRESS, List.of(ProgressOf.preparation(
                    run, Phase.PREPARED, Optional.of(total), Optional.of(total), Optional.of(folder.examplesDigest()),
                    lesson.summary())));
            folder.end(new Outcome(run.requestedAt(), Optional.empty()));
        }
        LOG.info(complete ? "all " + total + " batches are published" : "cancelled");
    }

    private void fail(RunFolder folder, Run run, String reason) throws IOException {
        tell(run, Phase.FAILED, Optional.empty(), Optional.empty(), reason);
        folder.end(new Outcome(run.requestedAt(), Optional.of(reason)));
    }

    private void tell(Run run, Phase phase, Optional<Integer> done, Optional<Integer> total, String message) {
        events.publish(Topics.PROGRESS, List.of(ProgressOf.preparation(run, phase, done, total, Optional.empty(), message)));
    }
}
