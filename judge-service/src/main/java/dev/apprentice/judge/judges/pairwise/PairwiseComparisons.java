package dev.apprentice.judge.judges.pairwise;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.judges.judging.JudgeAnswer;
import dev.apprentice.judge.judges.judging.Judges;
import dev.apprentice.judge.judges.judging.NoRoomException;
import dev.apprentice.judge.judges.judging.PairwiseJudge;
import dev.apprentice.judge.responses.ResponsesNotReadyException;
import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Compares checkpoints in the background, and keeps the results.
 *
 * <p>An interrupted comparison is resumed at the next start. The judge's answers so far are cached, so nothing is asked twice.
 */
@ApplicationScoped
public class PairwiseComparisons {

    private static final Logger LOG = Logger.getLogger(PairwiseComparisons.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN_AT_MOST = Duration.ofSeconds(30);
    private static final int ID_DIGITS = 12;

    private final JudgeSettings settings;
    private final Judges judges;
    private final ScoredResponses responses;
    private final PairwiseFolder folder;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    PairwiseComparisons(JudgeSettings settings, Judges judges, ScoredResponses responses, PairwiseFolder folder) {
        this.settings = settings;
        this.judges = judges;
        this.responses = responses;
        this.folder = folder;
    }

    private record Running(PairwisePlan plan, ConcurrentLinkedQueue<PairwiseVerdict> verdicts) {

        PairwiseResult result() {
            return PairwiseResult.of(
                    plan, verdicts.stream().sorted(Comparator.comparing(PairwiseVerdict::example)).toList());
        }
    }

    /**
     * Begins a comparison, or returns the one that is under way.
     *
     * @throws IllegalArgumentException in one sentence, if there is no such judge, or no example that both have answered
     * @throws ResponsesNotReadyException if the responses are still being read in
     */
    public PairwiseResult begin(PairwiseRequest request) {
        PairwiseJudge judge = judges.comparing(judgeOf(request));
        Map<String, Response> first = answers(request.first());
        Map<String, Response> second = answers(request.second());
        first.keySet().retainAll(second.keySet());
        if (first.isEmpty()) {
            throw new IllegalArgumentException(
                    request.first() + " and " + request.second() + " have answered no example in common");
        }
        PairwisePlan plan = new PairwisePlan(
                id(request, judge), request.first(), request.second(), judge.name(), judge.model(), judge.rubric().name(),
                judge.rubric().version(), first.size());
        Running started = new Running(plan, new ConcurrentLinkedQueue<>());
        Running present = running.computeIfAbsent(plan.id(), id -> started);
        if (present == started) {
            folder.write(started.result());
            ask(started, judge, first, second);
        }
        return present.result();
    }

    /** Returns a comparison with its results so far; empty if there is none of that id. */
    public Optional<PairwiseResult> find(String id) {
        return Optional.ofNullable(running.get(id)).map(Running::result).or(() -> folder.read(id));
    }

    /** Returns all comparisons, without their verdicts. */
    public List<PairwiseResult> all() {
        return folder.all().stream()
                .map(kept -> Optional.ofNullable(running.get(kept.id())).map(Running::result).orElse(kept).summary())
                .toList();
    }

    void resume(@Observes StartupEvent event) {
        folder.all().stream().filter(kept -> !kept.complete()).forEach(kept -> Uni.createFrom()
                .item(() -> begin(new PairwiseRequest(kept.first(), kept.second(), kept.judge())))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(ResponsesNotReadyException.class)
                .retry().withBackOff(LOOK_AGAIN, LOOK_AGAIN_AT_MOST).indefinitely()
                .subscribe()
                .with(begun -> {}, failure -> LOG.warnf(
                        "comparison %s of %s and %s is not resumed: %s",
                        kept.id(), kept.first(), kept.second(), failure.getMessage())));
    }

    private void ask(Running comparison, PairwiseJudge judge, Map<String, Response> first, Map<String, Response> second) {
        Multi.createFrom()
                .iterable(first.keySet())
                .onItem().transformToUni(example -> verdict(judge, first.get(example), second.get(example)))
                .merge(settings.pending())
                .subscribe()
                .with(
                        comparison.verdicts()::add,
                        failure -> {
                            running.remove(comparison.plan().id());
                            if (!(failure instanceof CancellationException)) {
                                LOG.errorf(failure, "comparison %s ended early", comparison.plan().id());
                            }
                        },
                        () -> {
                            folder.write(comparison.result());
                            running.remove(comparison.plan().id());
                        });
    }

    private static Uni<PairwiseVerdict> verdict(PairwiseJudge judge, Response first, Response second) {
        String a = first.response();
        String b = second.response();
        if (a.isBlank() || b.isBlank() || a.equals(b)) {
            return Uni.createFrom().item(PairwiseVerdict.unasked(first.example(), a, b));
        }
        return Uni.combine().all()
                .unis(patiently(judge.compare(first, second)), patiently(judge.compare(second, first)))
                .asTuple()
                .map(answers -> PairwiseVerdict.of(first.example(), a, b, answers.getItem1(), answers.getItem2()));
    }

    private static Uni<JudgeAnswer> patiently(Uni<JudgeAnswer> answer) {
        return answer.onFailure(NoRoomException.class).retry().withBackOff(LOOK_AGAIN, LOOK_AGAIN_AT_MOST).indefinitely();
    }

    private Map<String, Response> answers(Contestant contestant) {
        List<ScoredResponse> given = responses.of(contestant.run(), contestant.step());
        if (given.isEmpty()) {
            throw new IllegalArgumentException("run '" + contestant.run() + "' has no responses at step " + contestant.step()
                    + "; GET /reports/" + contestant.run() + " lists the steps that have some");
        }
        return given.stream()
                .map(ScoredResponse::response)
                .collect(Collectors.toMap(Response::example, response -> response, (a, b) -> a, LinkedHashMap::new));
    }

    private String judgeOf(PairwiseRequest request) {
        return Optional.ofNullable(request.judge())
                .or(() -> settings.model().map(names -> names.split(",")[0]))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no judge is named and none is configured; name one in 'judge', or set apprentice.judge.model"));
    }

    private static String id(PairwiseRequest request, PairwiseJudge judge) {
        String text = request.first() + " " + request.second() + " " + judge.name() + " " + judge.rubric().version();
        return Sha256.start(text, ID_DIGITS);
    }
}
