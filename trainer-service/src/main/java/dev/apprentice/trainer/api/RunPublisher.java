package dev.apprentice.trainer.api;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.service.kafka.KafkaFailure;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.RunRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Publishes users' requests about runs to Kafka, and waits until this instance has read them back. */
@ApplicationScoped
class RunPublisher {

    private static final Logger LOG = Logger.getLogger(RunPublisher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MutinyEmitter<Record<String, Run>> runs;
    private final MutinyEmitter<Record<String, Progress>> resumed;
    private final RunRegistry registry;
    /** Names of runs that are being published, which the registry cannot know yet. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    RunPublisher(
            @Channel("runs") MutinyEmitter<Record<String, Run>> runs,
            @Channel("resumed") MutinyEmitter<Record<String, Progress>> resumed,
            RunRegistry registry) {
        this.runs = runs;
        this.resumed = resumed;
        this.registry = registry;
    }

    /**
     * Publishes a new run.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 if the name is taken, 503 if Kafka does not take the run
     */
    void publishNew(Run run) {
        if (!underWay.add(run.run())) {
            throw Problems.nameTaken(run.run());
        }
        try {
            requireNew(run);
            publish(run);
        } finally {
            underWay.remove(run.run());
        }
    }

    /**
     * Checks that the run's name is free.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 if a run has that name already
     */
    void requireNew(Run run) {
        if (registry.find(run.run()).isPresent()) {
            throw Problems.nameTaken(run.run());
        }
    }

    /**
     * Resumes a run that has ended. Publishes a progress event that says so, and then the run; events that the run causes come
     * after that progress event.
     *
     * @param training the hyper-parameters to go on with
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 if the run has not ended or has completed, 503 if Kafka does not
     *     take it
     */
    void resume(KnownRun known, Training training) {
        if (!underWay.add(known.name())) {
            throw Problems.notEnded(known.name());
        }
        try {
            Progress last = known.conclusion().orElseThrow(() -> Problems.notEnded(known.name()));
            if (last.phase() == Phase.COMPLETED) {
                throw Problems.completed(known.name());
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Instant afterItEnded = last.at().isBefore(now) ? now : last.at().plusMillis(1); // that machine's clock may be ahead
            Run again = known.run().with(training).resumed(afterItEnded);
            send(again, resumed, Progress.resumed(last, now, again.timesResumed()));
            publish(again);
        } finally {
            underWay.remove(known.name());
        }
    }

    private static <E extends Event> void send(Run run, MutinyEmitter<Record<String, E>> channel, E event) {
        try {
            channel.send(Record.of(event.key(), event)).await().atMost(PATIENCE);
        } catch (RuntimeException e) {
            throw unavailable(run, e);
        }
    }

    /**
     * Publishes the run, and waits until the registry knows it.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 if Kafka does not take it
     */
    void publish(Run run) {
        send(run, runs, run);
        try {
            if (!registry.awaitKnown(run, PATIENCE)) {
                LOG.warnf("run '%s' was published, but not read back within %s", run.run(), PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(run, e);
        }
    }

    private static RuntimeException unavailable(Run run, Exception e) {
        String reason = e instanceof TimeoutException ? "it did not answer within " + PATIENCE.toSeconds() + " s" : KafkaFailure.inWords(e);
        LOG.warnf("Kafka did not take run '%s': %s", run.run(), reason);
        return Problems.later(
                "Kafka unavailable",
                "Kafka did not take run '" + run.run() + "': " + reason + "; try again when `apprentice status` shows that Kafka is"
                        + " available");
    }
}
