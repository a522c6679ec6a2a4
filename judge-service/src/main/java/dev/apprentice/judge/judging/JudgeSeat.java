package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.service.RunLog;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A judge at work: so many questions at the same time, the others in line.
 *
 * <p>The line belongs to this judge alone, so that one who is away holds up nobody else's.
 */
public final class JudgeSeat implements AutoCloseable {

    private static final long IDLE_SECONDS = 60;

    private final PatientJudge judge;
    private final JudgeMeters meters;
    private final ThreadPoolExecutor threads;

    JudgeSeat(PatientJudge judge, int parallel, JudgeMeters meters) {
        this.judge = judge;
        this.meters = meters;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                parallel, parallel, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> new Thread(task, "judge-" + judge.name() + "-" + count.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The judge's verdict, whenever it comes. An empty response scores 0 without being asked about.
     *
     * <p>Fails with a {@link CancellationException} where the service stops before.
     */
    public Uni<Verdict> grade(Response response) {
        if (response.response().isBlank()) {
            return Uni.createFrom().item(() -> {
                Verdict verdict = new Verdict(judge.name(), Optional.of(0.0), Optional.empty(), 0);
                meters.empty(judge.name());
                return verdict;
            });
        }
        return Uni.createFrom()
                .item(() -> ask(response))
                .runSubscriptionOn(threads)
                .onFailure(failure -> threads.isShutdown())
                .transform(failure -> new CancellationException("judge '" + judge.name() + "' is asked no more"));
    }

    private Verdict ask(Response response) {
        try (RunLog log = RunLog.of(response.run())) {
            Verdict verdict = judge.grade(response);
            meters.judged(verdict);
            return verdict;
        }
    }

    /** Why the judge gives no answer; empty while it does. */
    Optional<String> trouble() {
        return judge.trouble();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
