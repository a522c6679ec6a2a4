package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.judges.judging.Judge;
import dev.apprentice.judge.judges.judging.Judges;
import dev.apprentice.judge.metrics.Grades;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import dev.apprentice.judge.run.Runs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Makes a response's score: the reference metrics always, and each judge's verdict if there are judges.
 *
 * <p>The first score is published within {@link JudgeSettings#partialAfter()}, complete or not. What it lacks follows under the
 * same key. An incomplete first score names the judges that it awaits, so a response is done as soon as that score is written.
 */
@ApplicationScoped
public class Grader {

    private static final Logger LOG = Logger.getLogger(Grader.class);

    private final ReferenceMetrics metrics;
    private final Judges judges;
    private final Runs runs;
    private final LaterScores later;
    private final Duration patience;
    private final int mostHeld;
    private final AtomicInteger held = new AtomicInteger();
    private final Map<String, Grading> underWay = new ConcurrentHashMap<>();

    Grader(ReferenceMetrics metrics, Judges judges, Runs runs, LaterScores later, JudgeSettings settings) {
        this.metrics = metrics;
        this.judges = judges;
        this.runs = runs;
        this.later = later;
        this.patience = settings.partialAfter();
        this.mostHeld = settings.pending() / 2;
    }

    /**
     * Returns the first score of a response; later scores go to {@link LaterScores}. No judge is asked about a question without
     * an answer, nor about a response of a cancelled run, unless the run is a stream.
     */
    Uni<Score> grade(Response response) {
        if (response.unanswered().isPresent()) {
            return Uni.createFrom().item(Score.unanswered(
                    response.run(), response.step(), response.example(), response.index(), response.of(),
                    response.unanswered().get()));
        }
        Grades grades = metrics.of(response);
        List<Judge> asked = judges.of(response);
        if (asked.isEmpty() || runs.isAbandoned(response.run())) {
            List<Verdict> verdicts = asked.stream()
                    .map(judge -> Verdict.refused(judge.name(), cancelled(response.run())))
                    .toList();
            return Uni.createFrom().item(ScoreBuilder.builder()
                    .run(response.run())
                    .step(response.step())
                    .example(response.example())
                    .index(response.index())
                    .of(response.of())
                    .category(response.category())
                    .verdicts(verdicts)
                    .metrics(grades.metrics())
                    .statistics(grades.statistics())
                    .build());
        }
        Duration wait = held.incrementAndGet() > mostHeld ? Duration.ZERO : patience;
        Grading grading = new Grading(response, grades, Optional.empty());
        return Uni.createFrom()
                .<Score>emitter(first -> {
                    AtomicBoolean published = new AtomicBoolean();
                    follow(grading, response.key(), grading.scores(List.of(), asked, Optional.of(wait)))
                            .subscribe()
                            .with(
                                    score -> {
                                        if (published.compareAndSet(false, true)) {
                                            first.complete(score);
                                        } else {
                                            later.publish(score);
                                        }
                                    },
                                    first::fail);
                })
                .onTermination()
                .invoke(held::decrementAndGet);
    }

    /**
     * Asks the judges that a score waits for. Their verdicts go to {@link LaterScores}.
     *
     * @param ended called when the judges have answered or have no room, with the score that was published last, or empty if none
     *     was
     */
    void goOn(Response response, Score soFar, Consumer<Optional<Score>> ended) {
        Grading grading = new Grading(response, metrics.of(response), soFar.regraded());
        AtomicReference<Score> last = new AtomicReference<>();
        Multi<Score> scores = grading
                .scores(soFar.verdicts(), judges.named(String.join(",", soFar.awaited())), Optional.empty())
                .onTermination()
                .invoke(() -> ended.accept(Optional.ofNullable(last.get())));
        follow(grading, response.key(), scores)
                .subscribe()
                .with(
                        score -> {
                            last.set(score);
                            later.publish(score);
                        },
                        failure -> LOG.debugf("%s is graded no further: %s", response.key(), failure.getMessage()));
    }

    /** Returns the reason why a judge of a cancelled run is not asked. */
    static String cancelled(String run) {
        return "run '" + run + "' was cancelled before its judge answered";
    }

    private Multi<Score> follow(Grading grading, String key, Multi<Score> scores) {
        underWay.put(key, grading);
        return scores.onTermination().invoke(() -> underWay.remove(key, grading));
    }

    /** Returns the gradings in memory, by the key of their response. */
    Map<String, Grading> underWay() {
        return underWay;
    }
}
