package dev.apprentice.judge.judges.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.ScoreBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LaterScoresTest {

    /** A regrading can be requested while the service is still starting. */
    @Test
    void aScoreBeforeTheFirstSubscriptionIsKept() {
        LaterScores later = new LaterScores();
        List<Score> published = new CopyOnWriteArrayList<>();

        later.publish(score("early"));
        later.all().subscribe().with(published::add);
        later.publish(score("late"));

        assertThat(published).extracting(Score::example).containsExactly("early", "late");
    }

    private static Score score(String example) {
        return ScoreBuilder.builder().run("r").step(0).example(example).index(0).of(1).metrics(Map.of()).verdicts(List.of()).build();
    }
}
