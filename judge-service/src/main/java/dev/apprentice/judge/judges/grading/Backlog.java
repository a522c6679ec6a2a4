package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.judge.judges.judging.Judge;
import dev.apprentice.judge.judges.judging.Judges;
import dev.apprentice.judge.responses.AwaitedScore;
import dev.apprentice.judge.responses.ResponsesNotReadyException;
import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import dev.apprentice.judge.run.Runs;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The responses that wait for judges, stored on disk in any number.
 *
 * <p>A score names the judges that it awaits, which is all that is needed to continue grading, even after a restart. This class
 * passes waiting responses to their judges when these have room. When a run is cancelled, the wait ends for all its judges.
 * Cancelling is the normal end of a stream's run, so there the wait ends only for judges that are in trouble.
 */
@ApplicationScoped
public class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** How long to rest after a look, as a multiple of the time that the look took. */
    private static final int REST = 4;
    /** The most scores that one look continues with, since reading each of them takes time. */
    private static final int A_LOOK = 1_000;

    private final Grader grader;
    private final Judges judges;
    private final ScoredResponses responses;
    private final Runs runs;
    private final LaterScores later;
    private final ResponseShare share;
    private final WatchedThreads threads;
    private final WatchedThread thread = new WatchedThread("backlog", this::lookNowAndThen, LOOK_EVERY);
    /**
     * Awaited scores that are finished, by key, in the state they had then. The store of scores lags behind and may still list
     * them.
     */
    private final Map<String, AwaitedScore> done = new ConcurrentHashMap<>();
    private final RepeatedWarning trouble = new RepeatedWarning(LOG);
    private volatile Map<String, Map<String, Integer>> waiting = Map.of();

    Backlog(
            Grader grader,
            Judges judges,
            ScoredResponses responses,
            Runs runs,
            LaterScores later,
            ResponseShare share,
            WatchedThreads threads) {
        this.grader = grader;
        this.judges = judges;
        this.responses = responses;
        this.runs = runs;
        this.later = later;
        this.share = share;
        this.threads = threads;
    }

    void start(@Observes StartupEvent event) {
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.stop();
    }

    /** Returns how many responses wait for each judge, by run and judge. */
    public Map<String, Map<String, Integer>> waiting() {
        return waiting;
    }

    private void lookNowAndThen(WatchedThread self) throws InterruptedException {
        Duration rest = LOOK_EVERY;
        while (!self.pause(rest)) {
            long start = System.nanoTime();
            self.busyWith(this::lookOnce);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            rest = took.multipliedBy(REST).compareTo(LOOK_EVERY) > 0 ? took.multipliedBy(REST) : LOOK_EVERY;
        }
    }

    private void lookOnce() {
        try {
            look();
            trouble.over();
        } catch (ResponsesNotReadyException e) { // the next look tries again
            LOG.debug(e.getMessage());
        } catch (RuntimeException e) { // no other error may end the loop
            trouble.warn("the responses that wait for judges cannot be read, retrying: " + e.getMessage(), e);
        }
    }

    /**
     * Looks once through all waiting responses: counts them, ends those of cancelled runs, and continues those whose judges have
     * room.
     */
    void look() {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        Map<String, AwaitedScore> due = new HashMap<>();
        Set<String> seen = new HashSet<>();
        share.refresh();
        Map<String, Optional<Judge>> known = new HashMap<>();
        responses.forEachAwaited((key, awaited) -> {
            seen.add(key);
            boolean finished = awaited.equals(done.get(key));
            if (!finished) {
                count(counts, key, awaited.judges());
            }
            if (!finished && due.size() < A_LOOK && !grader.underWay().containsKey(key) && share.holds(key)
                    && awaited.judges().stream().anyMatch(name -> isDue(key, awaited, judge(known, name)))) {
                due.put(key, awaited);
            }
        });
        done.keySet().retainAll(seen);
        grader.underWay().forEach((key, grading) -> {
            if (!seen.contains(key)) {
                count(counts, key, grading.awaited());
            }
            if (runs.isCancelled(runOf(key))) {
                grading.endAwaiting(!runs.isAbandoned(runOf(key)), Grader.cancelled(runOf(key)));
            }
        });
        waiting = counts;
        due.forEach(this::goOn);
    }

    private Optional<Judge> judge(Map<String, Optional<Judge>> known, String name) {
        return known.computeIfAbsent(name, each -> judges.named(each).stream().findFirst());
    }

    private boolean isDue(String key, AwaitedScore awaited, Optional<Judge> judge) {
        return judge.filter(one -> one.hasRoom() || isOver(key, awaited, one)).isPresent();
    }

    /** Tells whether a judge is not asked any more. Regrading goes on, since it was requested after the cancellation. */
    private boolean isOver(String key, AwaitedScore awaited, Judge judge) {
        return awaited.regraded() == 0
                && (runs.isAbandoned(runOf(key)) || judge.trouble().isPresent() && runs.isCancelled(runOf(key)));
    }

    private void goOn(String key, AwaitedScore awaited) {
        String[] parts = key.split("/", -1);
        Optional<ScoredResponse> found = responses.find(parts[0], Integer.parseInt(parts[1]), parts[2]);
        Optional<Score> soFar = found.flatMap(ScoredResponse::score)
                .filter(score -> !score.whole() && score.regraded().orElse(0) == awaited.regraded());
        if (soFar.isEmpty()) { // published meanwhile, or Kafka no longer has the response
            done.put(key, awaited);
            return;
        }
        List<Judge> left = judges.named(String.join(",", soFar.get().awaited()));
        if (left.stream().allMatch(judge -> isOver(key, awaited, judge))) {
            later.publish(ended(soFar.get(), Grader.cancelled(runOf(key))));
            done.put(key, awaited);
        } else {
            grader.goOn(found.get().response(), soFar.get(), last -> last.ifPresent(score -> done.put(key, awaited)));
        }
    }

    /** Returns the score with a refusal in place of each awaited verdict. */
    private static Score ended(Score score, String reason) {
        List<Verdict> verdicts = new ArrayList<>(score.verdicts());
        score.awaited().forEach(judge -> verdicts.add(Verdict.refused(judge, reason)));
        return ScoreBuilder.builder(score).verdicts(verdicts).awaited(List.of()).build();
    }

    private static String runOf(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    private static void count(Map<String, Map<String, Integer>> counts, String key, List<String> names) {
        names.forEach(name -> counts.computeIfAbsent(runOf(key), run -> new HashMap<>()).merge(name, 1, Integer::sum));
    }
}
