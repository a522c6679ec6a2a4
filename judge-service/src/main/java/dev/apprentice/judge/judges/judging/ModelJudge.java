package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.Trouble;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreVerdictBuilder;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.judge.judges.rubric.Rubric;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A judge that asks a chat model a rubric's question, once for each response and without memory between responses. */
final class ModelJudge implements Judge {

    private final JudgeName name;
    private final String model;
    private final String address;
    private final JudgeSeats seats;
    private final Rubric rubric;
    private final JudgeMetrics meters;

    ModelJudge(JudgeName name, ChatServer server, JudgeSeats seats, Rubric rubric, JudgeMetrics meters) {
        this.name = name;
        this.model = server.model();
        this.address = server.address();
        this.seats = seats;
        this.rubric = rubric;
        this.meters = meters;
    }

    @Override
    public String name() {
        return name.text();
    }

    /** {@inheritDoc} An empty response gets the worst score without a question. */
    @Override
    public Uni<Verdict> grade(Response response, boolean anew) {
        if (response.response().isBlank()) {
            return Uni.createFrom().item(() -> {
                meters.empty(name.text(), rubric.name());
                return verdict(new JudgeAnswer(
                        "", Optional.of(new Reading(rubric.scale().from(), Optional.empty())), 0,
                        Optional.empty(), Optional.empty(), Optional.empty(), false, false));
            });
        }
        String question = rubric.question(response);
        return Uni.createFrom()
                .deferred(() -> seats.of(name).ask(response.run(), rubric, question, anew))
                .map(this::verdict)
                .invoke(meters::judged);
    }

    @Override
    public boolean hasRoom() {
        return seats.of(name).hasRoom();
    }

    @Override
    public boolean isBusy() {
        return seats.existing(name).filter(seat -> seat.inLine() > 0).isPresent();
    }

    @Override
    public Optional<Trouble> trouble() {
        return seats.existing(name).flatMap(JudgeSeat::trouble);
    }

    @Override
    public Optional<String> address() {
        return Optional.of(address);
    }

    private Verdict verdict(JudgeAnswer answer) {
        return ScoreVerdictBuilder.builder()
                .judge(name.text())
                .score(answer.reading().map(Reading::score))
                .unreadable(answer.reading().isPresent() ? Optional.empty() : Optional.of(answer.text()))
                .seconds(answer.seconds())
                .model(model)
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
