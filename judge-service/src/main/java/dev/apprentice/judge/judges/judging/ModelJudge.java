package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.Trouble;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreVerdictBuilder;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.judge.judges.rubric.Rubric;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A judge that asks a chat model a rubric's question, once for each response and without memory between responses. */
final class ModelJudge implements Judge {

    private final String name;
    private final JudgeSeat seat;
    private final Rubric rubric;
    private final JudgeMetrics meters;

    ModelJudge(String name, JudgeSeat seat, Rubric rubric, JudgeMetrics meters) {
        this.name = name;
        this.seat = seat;
        this.rubric = rubric;
        this.meters = meters;
    }

    @Override
    public String name() {
        return name;
    }

    /** {@inheritDoc} An empty response gets the worst score without a question. */
    @Override
    public Uni<Verdict> grade(Response response, boolean anew) {
        if (response.response().isBlank()) {
            return Uni.createFrom().item(() -> {
                meters.empty(name, rubric.name());
                return verdict(new JudgeAnswer(
                        "", Optional.of(new Reading(rubric.scale().from(), Optional.empty())), 0,
                        Optional.empty(), Optional.empty(), Optional.empty(), false, false));
            });
        }
        return seat.ask(response.run(), rubric, rubric.question(response), anew).map(this::verdict).invoke(meters::judged);
    }

    @Override
    public boolean hasRoom() {
        return seat.hasRoom();
    }

    @Override
    public boolean isBusy() {
        return seat.inLine() > 0;
    }

    /** Tells whether it uses that model's queue. */
    boolean sitsOn(JudgeSeat one) {
        return seat == one;
    }

    @Override
    public Optional<Trouble> trouble() {
        return seat.trouble();
    }

    @Override
    public Optional<String> address() {
        return Optional.of(seat.address());
    }

    private Verdict verdict(JudgeAnswer answer) {
        return ScoreVerdictBuilder.builder()
                .judge(name)
                .score(answer.reading().map(Reading::score))
                .unreadable(answer.reading().isPresent() ? Optional.empty() : Optional.of(answer.text()))
                .seconds(answer.seconds())
                .model(seat.model())
                .digest(answer.digest())
                .rubric(rubric.name())
                .rubricVersion(rubric.version())
                .scale(Optional.of(rubric.scale()).filter(scale -> !scale.equals(Scale.TEXTBOOK)))
                .reason(answer.reading().flatMap(Reading::reason))
                .promptTokens(answer.promptTokens())
                .answerTokens(answer.answerTokens())
                .promptCut(answer.cut() ? Optional.of(true) : Optional.empty())
                .refused(answer.refused() ? Optional.of(true) : Optional.empty())
                .build();
    }
}
