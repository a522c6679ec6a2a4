package dev.apprentice.judge.grading;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.judge.judging.Judge;
import dev.apprentice.judge.metrics.Grades;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One response while its judges are at it.
 *
 * <pre>
 * asked ── fast judge answers ── patience ends ── slow judge answers
 *                                      │                  │
 *                         metrics, fast verdict,     the whole score
 *                         slow judge awaited
 * </pre>
 *
 * Where all judges answer in time there is the whole score alone. Otherwise what is known is told when the time is up and at
 * each further verdict, so that a judge which is away hides nothing that the others say.
 */
final class Grading {

    private final Response response;
    private final Grades grades;
    private final List<Judge> judges;
    private final MultiEmitter<? super Score> scores;
    private final Verdict[] verdicts;
    private final List<Cancellable> work = new ArrayList<>();
    private boolean late;
    private boolean over;

    private Grading(Response response, Grades grades, List<Judge> judges, MultiEmitter<? super Score> scores) {
        this.response = response;
        this.grades = grades;
        this.judges = judges;
        this.scores = scores;
        this.verdicts = new Verdict[judges.size()];
    }

    /**
     * Asks the judges. The whole score is the last one that is emitted; a judge's failure is the end.
     *
     * @param judges at least one
     * @param patience how long what is known waits for the rest
     */
    static void begin(
            Response response, Grades grades, List<Judge> judges, Duration patience, MultiEmitter<? super Score> scores) {
        new Grading(response, grades, judges, scores).ask(patience);
    }

    private void ask(Duration patience) {
        scores.onTermination(this::stop);
        for (int i = 0; i < judges.size(); i++) {
            int judge = i;
            keep(judges.get(i).grade(response).subscribe().with(verdict -> answered(judge, verdict), scores::fail));
        }
        keep(Uni.createFrom().voidItem().onItem().delayIt().by(patience).subscribe().with(now -> timeIsUp(), scores::fail));
    }

    private synchronized void keep(Cancellable begun) {
        if (over) {
            begun.cancel();
        } else {
            work.add(begun);
        }
    }

    private synchronized void stop() {
        over = true;
        work.forEach(Cancellable::cancel);
    }

    private synchronized void answered(int judge, Verdict verdict) {
        verdicts[judge] = verdict;
        boolean whole = Stream.of(verdicts).allMatch(Objects::nonNull);
        if (whole || late) {
            scores.emit(score());
        }
        if (whole) {
            scores.complete();
        }
    }

    private synchronized void timeIsUp() {
        late = true;
        if (!over) {
            scores.emit(score());
        }
    }

    private Score score() {
        return new Score(
                response.run(), response.step(), response.example(), response.index(), response.of(),
                Stream.of(verdicts).filter(Objects::nonNull).toList(),
                grades.metrics(), grades.statistics(),
                IntStream.range(0, verdicts.length).filter(i -> verdicts[i] == null).mapToObj(i -> judges.get(i).name()).toList());
    }
}
