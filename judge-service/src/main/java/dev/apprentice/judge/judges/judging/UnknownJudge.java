package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.Trouble;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score.Verdict;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/**
 * A judge for an invalid name: its verdicts give the reason in place of a score. Other judges and the metrics are not affected.
 */
final class UnknownJudge implements Judge {

    private final String name;
    private final String reason;
    private final Instant since = Instant.now();

    UnknownJudge(String name, String reason) {
        this.name = name;
        this.reason = reason;
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns why it cannot grade, in one sentence. */
    String reason() {
        return reason;
    }

    @Override
    public Optional<Trouble> trouble() {
        return Optional.of(new Trouble(Trouble.Kind.REFUSED, reason, since));
    }

    @Override
    public Uni<Verdict> grade(Response response, boolean anew) {
        return Uni.createFrom().item(() -> Verdict.refused(name, reason));
    }
}
