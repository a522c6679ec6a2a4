package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.judge.judges.judging.Judge;
import dev.apprentice.judge.judges.judging.NoRoomException;
import dev.apprentice.judge.metrics.Grades;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The grading of one response by its judges.
 *
 * <pre>
 * asked ── fast judge answers ── patience ends ── slow judge answers
 *                                      │                  │
 *                         metrics, fast verdict,     the whole score
 *                         slow judge awaited
 * </pre>
 *
 * If all judges answer in time, only the complete score is published. Otherwise what is known is published when the time is up,
 * or as soon as all awaited judges are away, and again at each further verdict. So a judge that is away does not hide the
 * verdicts of the others. A judge without room stays awaited, and this grading ends without it; the {@link Backlog} starts
 * another one.
 */
final class Grading {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Response response;
    private final Grades grades;
    private final Optional<Integer> regraded;
    private final SortedMap<Integer, Verdict> verdicts = new TreeMap<>();
    private final Map<Integer, Judge> pending = new TreeMap<>();
    private final List<String> awaited = new ArrayList<>();
    private final List<Cancellable> work = new ArrayList<>();
    private MultiEmitter<? super Score> scores;
    private boolean late;
    private boolean over;

    /**
     * Creates a grading that has not asked any judge yet.
     *
     * @param regraded how many times the response has been regraded
     */
    Grading(Response response, Grades grades, Optional<Integer> regraded) {
        this.response = response;
        this.grades = grades;
        this.regraded = regraded;
    }

    /**
     * Asks the judges. The last emitted score is the final one of this grading; it is complete unless a judge has no room. The
     * stream fails if the service stops.
     *
     * @param given the verdicts that exist already
     * @param judges at least one
     * @param patience how long known verdicts wait for the rest; empty if they are published already
     */
    Multi<Score> scores(List<Verdict> given, List<Judge> judges, Optional<Duration> patience) {
        return Multi.createFrom().emitter(emitter -> {
            scores = emitter;
            late = patience.isEmpty();
            emitter.onTermination(this::stop);
            given.forEach(verdict -> verdicts.put(verdicts.size(), verdict));
            int first = verdicts.size();
            for (int i = 0; i < judges.size(); i++) {
                pending.put(first + i, judges.get(i));
            }
            for (int i = 0; i < judges.size(); i++) {
                ask(first + i, judges.get(i));
            }
            patience.ifPresent(this::watch);
        });
    }

    private void ask(int place, Judge judge) {
        keep(judge.grade(response, regraded.isPresent()).subscribe().with(
                verdict -> answered(place, verdict),
                failure -> {
                    if (failure instanceof NoRoomException) {
                        leave(place);
                    } else if (isStopping(failure)) {
                        fail(failure);
                    } else {
                        answered(place, Verdict.refused(judge.name(),
                                "judge '" + judge.name() + "' cannot be asked: " + failure.getMessage()));
                    }
                }));
    }

    private void watch(Duration patience) {
        if (patience.isZero()) {
            timeIsUp();
            return;
        }
        long end = System.nanoTime() + patience.toNanos();
        Duration every = patience.compareTo(LOOK_EVERY) < 0 ? patience : LOOK_EVERY;
        keep(Multi.createFrom().ticks().startingAfter(every).every(every).onOverflow().drop().subscribe().with(
                tick -> {
                    if (System.nanoTime() >= end || allAway()) {
                        timeIsUp();
                    }
                },
                this::fail));
    }

    private synchronized boolean allAway() {
        return pending.values().stream().allMatch(judge -> judge.trouble().isPresent());
    }

    private synchronized void keep(Cancellable begun) {
        if (over) {
            begun.cancel();
        } else {
            work.add(begun);
        }
    }

    private void fail(Throwable failure) {
        scores.fail(failure);
    }

    private synchronized void stop() {
        over = true;
        work.forEach(Cancellable::cancel);
    }

    private synchronized void answered(int place, Verdict verdict) {
        if (over || pending.remove(place) == null) {
            return;
        }
        verdicts.put(place, verdict);
        goOn(true);
    }

    private synchronized void leave(int place) {
        Judge judge = over ? null : pending.remove(place);
        if (judge != null) {
            awaited.add(judge.name());
            goOn(false);
        }
    }

    /**
     * Ends the wait for judges: they are not asked any more, and their verdicts give the reason. Regrading goes on, since it was
     * requested later.
     *
     * @param troubled whether to end the wait only for judges that are in trouble
     */
    synchronized void endAwaiting(boolean troubled, String reason) {
        for (Map.Entry<Integer, Judge> each : List.copyOf(pending.entrySet())) {
            if (regraded.isEmpty() && (!troubled || each.getValue().trouble().isPresent())) {
                answered(each.getKey(), Verdict.refused(each.getValue().name(), reason));
            }
        }
    }

    /** Returns the names of the judges that this grading waits for. */
    synchronized List<String> awaited() {
        List<String> names = new ArrayList<>(awaited);
        pending.values().forEach(judge -> names.add(judge.name()));
        return names;
    }

    private void goOn(boolean news) {
        boolean end = pending.isEmpty();
        if (news && (late || end) || end && !late) {
            scores.emit(score());
        }
        if (end) {
            over = true;
            scores.complete();
        }
    }

    private synchronized void timeIsUp() {
        if (!over && !late) {
            late = true;
            scores.emit(score());
        }
    }

    private Score score() {
        return ScoreBuilder.builder()
                .run(response.run())
                .step(response.step())
                .example(response.example())
                .index(response.index())
                .of(response.of())
                .category(response.category())
                .verdicts(List.copyOf(verdicts.values()))
                .metrics(grades.metrics())
                .statistics(grades.statistics())
                .awaited(awaited())
                .regraded(regraded)
                .build();
    }

    private static boolean isStopping(Throwable failure) {
        return failure instanceof CancellationException || failure instanceof RejectedExecutionException;
    }
}
