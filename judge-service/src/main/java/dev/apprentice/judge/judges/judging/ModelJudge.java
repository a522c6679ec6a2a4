package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Scale;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.judge.judges.rubric.Reading;
import dev.apprentice.judge.judges.rubric.Rubric;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A judge that puts a rubric's question to a chat model, one question a response and no memory between them. */
final class ModelJudge implements Judge {

    private final String name;
    private final JudgeSeat seat;
    private final Rubric rubric;
    private final JudgeMeters meters;

    ModelJudge(String name, JudgeSeat seat, Rubric rubric, JudgeMeters meters) {
        this.name = name;
        this.seat = seat;
        this.rubric = rubric;
        this.meters = meters;
    }

    @Override
    public String name() {
        return name;
    }

    /** An empty response gets the worst score without being asked about. */
    @Override
    public Uni<Verdict> grade(Response response, boolean anew) {
        if (response.response().isBlank()) {
            return Uni.createFrom().item(() -> {
                meters.empty(name, rubric.name());
                return verdict(new Answer(
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

    /** Whether it asks the model of that seat. */
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

    private Verdict verdict(Answer answer) {
        return new Verdict(
                name,
                answer.reading().map(Reading::score),
                answer.reading().isPresent() ? Optional.empty() : Optional.of(answer.text()),
                answer.seconds(),
                Optional.of(seat.model()),
                answer.digest(),
                Optional.of(rubric.name()),
                Optional.of(rubric.version()),
                Optional.of(rubric.scale()).filter(scale -> !scale.equals(Scale.TEXTBOOK)),
                answer.reading().flatMap(Reading::reason),
                answer.promptTokens(),
                answer.answerTokens(),
                answer.cut() ? Optional.of(true) : Optional.empty(),
                answer.refused() ? Optional.of(true) : Optional.empty());
    }
}
